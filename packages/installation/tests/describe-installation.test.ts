import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CONFIGURATION_ANNOTATION,
  describeInstallation,
  InstallationError,
  listObjects,
  PARTS,
  type Daywatch,
} from '@daywatch/installation';
import { installation } from './_support/installation.ts';

const OPTIONS = { managedBy: 'a-test' };
const partName = fc.constantFrom(...PARTS.map(({ name }) => name));
const part = fc.record(
  {
    enabled: fc.boolean(),
    replicas: fc.integer({ min: 0, max: 5 }),
    resources: fc.record({
      limits: fc.dictionary(fc.constantFrom('cpu', 'memory'), fc.constantFrom(1, '300Mi')),
    }),
    configuration: fc.record({ log_level: fc.constantFrom('info', 'debug') }),
  },
  { requiredKeys: [] },
);
const store = fc.constantFrom<Readonly<Record<string, unknown>>>(
  { managed: {} },
  { secretName: 'own' },
  { secretName: 'own', networks: ['10.0.0.0/8'] },
);
const spec = fc.record(
  {
    replicas: fc.integer({ min: 0, max: 5 }),
    parts: fc.dictionary(partName, part),
    database: store,
    broker: store,
    ingress: fc.constantFrom(
      { host: 'a.example' },
      { host: 'a.example', tlsSecretName: 'tls', annotations: { a: 'b' } },
    ),
  },
  { requiredKeys: [] },
);

describe('describeInstallation', () => {
  it('should always give the same objects, each once, all of the namespace and the installation', () => {
    fc.assert(
      fc.property(spec, (given) => {
        const daywatch = installation(given);
        const objects = listObjects(describeInstallation(daywatch, OPTIONS));
        const titles = objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

        expect(objects).toEqual(listObjects(describeInstallation(structuredClone(daywatch), OPTIONS)));
        expect(new Set(titles).size).toBe(titles.length);
        for (const { metadata } of objects) {
          expect(metadata.namespace).toBe('here');
          expect(metadata.labels?.['app.kubernetes.io/instance']).toBe('daywatch');
          expect(metadata.name.length).toBeLessThanOrEqual(63);
        }
      }),
    );
  });

  it('should have no part that is switched off, nor anything of it', () => {
    const objects = listObjects(
      describeInstallation(installation({ parts: { gometr: { enabled: false } } }), OPTIONS),
    );

    expect(objects.filter(({ metadata }) => metadata.name.includes('gometr'))).toEqual([]);
    expect(JSON.stringify(objects)).not.toContain('gometr');
  });

  it('should replace the parts in an order in which who is called comes before who calls', () => {
    const { parts } = describeInstallation(installation({}), OPTIONS);

    expect(parts.map(({ part }) => part.component)).toEqual([
      'gometr',
      'restapi',
      'checker',
      'calendar-sender',
      'calendar-scheduler',
      'calendar-api',
    ]);
  });

  it('should name the migration after the version, and describe the version that is asked for', () => {
    const { migration, parts } = describeInstallation(installation({}), {
      ...OPTIONS,
      version: '1.3.0-rc.1',
    });

    expect(migration.metadata.name).toBe('daywatch-migrate-1-3-0-rc-1');
    expect(migration.spec.template.spec.containers[0]?.image).toBe('daywatch/migrate:1.3.0-rc.1');
    expect(parts[0]?.deployment.spec.template.spec.containers[0]?.image).toBe('daywatch/gometr:1.3.0-rc.1');
  });

  it('should change the pods with their configuration, and with nothing else of the specification', () => {
    const annotationsOf = (daywatch: Daywatch, targets: readonly { name: string }[] = []) =>
      describeInstallation(daywatch, { ...OPTIONS, targets }).parts.map(
        ({ deployment }) => deployment.spec.template.metadata.annotations?.[CONFIGURATION_ANNOTATION],
      );
    const before = annotationsOf(installation({}));

    const changed = annotationsOf(
      installation({ parts: { restapi: { configuration: { log_level: 'debug' } } } }),
    );

    expect(changed.map((value, at) => value === before[at])).toEqual([true, false, true, true, true, true]);
    expect(annotationsOf(installation({ replicas: 5 }))).toEqual(before);
    expect(annotationsOf(installation({}), [{ name: 'a' }])).toEqual(before);
  });

  it('should hand the targets to the checker, after its own', () => {
    const daywatch = installation({ parts: { checker: { configuration: { targets: [{ name: 'mine' }] } } } });
    const { parts } = describeInstallation(daywatch, { ...OPTIONS, targets: [{ name: 'found' }] });

    const text = parts.find(({ part }) => part.name === 'checker')?.configMap.data['checker.yaml'] ?? '';
    const names = (JSON.parse(text) as { targets: { name: string }[] }).targets.map(({ name }) => name);
    expect(names[0]).toBe('mine');
    expect(names.at(-1)).toBe('found');
    expect(names).toHaveLength(7);
  });

  it('should refuse a key that follows from the installation, and name it', () => {
    const daywatch = installation({
      parts: { checker: { configuration: { http: { port: 1 }, storage: { dsn: 'x' } } } },
    });

    expect(() => describeInstallation(daywatch, OPTIONS)).toThrow(
      new InstallationError([
        'spec.parts.checker.configuration.http.port: follows from the installation and cannot be set; leave it out',
      ]),
    );
  });

  it('should open the way to webhooks by the configuration of the sender', () => {
    const egressOf = (sender: unknown) =>
      describeInstallation(
        installation({ parts: { calendarSender: { configuration: { sender } } } }),
        OPTIONS,
      ).foundation.filter(
        (object) => object.kind === 'NetworkPolicy' && object.metadata.name === 'daywatch-calendar-sender',
      );

    expect(JSON.stringify(egressOf({ channel: 'stdout' }))).not.toContain('ipBlock');
    expect(
      JSON.stringify(egressOf({ channel: 'webhook', allow_networks: ['10.1.2.3', 'fd00::/8'] })),
    ).toMatch(/"cidr":"10.1.2.3\/32".*"cidr":"fd00::\/8"/);
  });

  it('should let no volume go with its StatefulSet, not even where it goes with the installation', () => {
    const policyOf = (given: Readonly<Record<string, unknown>>) =>
      describeInstallation(installation(given), OPTIONS).stores[0]?.statefulSet.spec
        .persistentVolumeClaimRetentionPolicy.whenDeleted;

    expect([policyOf({}), policyOf({ deletionPolicy: 'Delete' })]).toEqual(['Retain', 'Retain']);
  });
});
