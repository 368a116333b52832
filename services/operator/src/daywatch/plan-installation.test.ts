import { PARTS } from '@daywatch/installation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PaperCluster, SUNSHINE } from '../../tests/_support/paper-cluster.ts';
import type { KubeObject } from '../cluster/kube-object.ts';
import { TOLD } from './names.ts';
import { planInstallation, type InstallationPlan } from './plan-installation.ts';
import { isLower } from './version-policy.ts';

const COMPONENTS = PARTS.map(({ component }) => component);

const OWN_TARGET = { name: 'a', url: 'http://a.example' };

function install(spec: object = {}): PaperCluster {
  const cluster = new PaperCluster(spec);
  cluster.settle();
  return cluster;
}

describe('an installation', () => {
  it('should come up: passwords, database, migrations, then every part', () => {
    const cluster = install();
    expect(cluster.condition('Available')).toMatch(/^True AllPartsAnswer/);
    expect(cluster.condition('Progressing')).toMatch(/^False Complete: version 0\.1\.0/);
    expect(cluster.daywatch.status).toMatchObject({ version: '0.1.0', migratedVersion: '0.1.0' });
    const order = [
      'create Secret daywatch-database',
      'apply StatefulSet daywatch-database',
      'create Job daywatch-migrate',
    ];
    const at = [...order, ...COMPONENTS.map((component) => `apply Deployment daywatch-${component}`)].map(
      (line) => cluster.log.indexOf(line),
    );
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at.every((index) => index >= 0)).toBe(true);
  });

  it('should write nothing when nothing has changed', () => {
    const cluster = install();
    const { length } = cluster.log;
    for (let i = 0; i < 5; i++) cluster.step();
    expect(cluster.log.slice(length)).toEqual([]);
  });

  it('should start no migration and no part before the database is ready', () => {
    const cluster = new PaperCluster({});
    for (let i = 0; i < 5; i++) cluster.step();
    expect(cluster.migrations).toEqual([]);
    expect(cluster.versions()).toEqual({});
    expect(cluster.condition('DatabaseReady')).toMatch(/^False NotReady/);
    expect(cluster.condition('MigrationsApplied')).toMatch(/^False Waiting: the database is not ready/);
  });

  it('should make no volume before the passwords that it will know, and heal one whose passwords are lost', () => {
    const cluster = new PaperCluster({ broker: { managed: {} } });
    const first = cluster.step();
    expect(cluster.secrets.has('daywatch-database')).toBe(true);
    expect(first.againAfterMs).toBeLessThan(1000);
    const isStatefulSet = ({ object }: (typeof first.writes)[number]): boolean =>
      object.kind === 'StatefulSet';
    expect(first.writes.filter(isStatefulSet)).toEqual([]);
    const second = cluster.step();
    expect(second.writes.filter(isStatefulSet).map(({ object }) => object.metadata.name)).toEqual([
      'daywatch-database',
      'daywatch-broker',
    ]);
    cluster.settle();
    cluster.secrets.delete('daywatch-database');
    cluster.claims = ['data-daywatch-database-0'];
    const live = cluster.objects.get('statefulsets/daywatch-database') as unknown as { spec: object };
    cluster.objects.set('statefulsets/daywatch-database', {
      ...live,
      spec: { ...live.spec, replicas: 0 },
    } as never);
    expect(cluster.step().writes.filter(isStatefulSet)).toHaveLength(1);
  });

  it('should say which Secret of ones own is missing, and which keys it needs', () => {
    const cluster = new PaperCluster({ database: { secretName: 'mine', port: 5432, networks: [] } });
    cluster.step();
    expect(cluster.condition('Degraded')).toContain(
      "SecretMissing: Secret 'mine' in namespace 'demo': there is none; it needs the keys 'owner-dsn'",
    );
    cluster.secrets.set('mine', ['owner-dsn', 'calendar-dsn', 'checker-dsn']);
    cluster.step();
    expect(cluster.condition('DatabaseReady')).toContain("it has no 'restapi-dsn'");
    cluster.secrets.set('mine', ['owner-dsn', 'calendar-dsn', 'checker-dsn', 'restapi-dsn']);
    cluster.settle();
    expect(cluster.condition('Available')).toMatch(/^True/);
  });

  it('should make no new passwords for a volume that knows the lost ones', () => {
    const cluster = install({ broker: { managed: {} } });
    cluster.claims = ['data-daywatch-database-0', 'data-daywatch-broker-0'];
    const { length } = cluster.log;
    for (const name of ['daywatch-database', 'daywatch-broker', 'daywatch-first-token'])
      cluster.secrets.delete(name);
    cluster.step();
    expect(cluster.log.slice(length)).toEqual(['create Secret daywatch-first-token']);
    expect(cluster.condition('DatabaseReady')).toMatch(
      /^False SecretLost: Secret 'daywatch-database' in namespace 'demo' is gone, but PersistentVolumeClaim 'data-daywatch-database-0'/,
    );
    expect(cluster.condition('Degraded')).toContain("Secret 'daywatch-broker' in namespace 'demo' is gone");
    cluster.claims = [];
    cluster.settle();
    expect(cluster.condition('Degraded')).toMatch(/^False/);
    expect(cluster.secrets.has('daywatch-database')).toBe(true);
  });

  it('should run the migrations anew for another database, and say until then that they are not applied', () => {
    const cluster = install();
    cluster.database = 'claim/2';
    cluster.step();
    expect(cluster.condition('MigrationsApplied')).toMatch(/^False/);
    cluster.settle();
    expect(cluster.migrations).toEqual(['0.1.0', '0.1.0']);
    expect(cluster.condition('MigrationsApplied')).toMatch(/^True Applied/);
    expect(cluster.daywatch.status).toMatchObject({ migratedVersion: '0.1.0', migratedDatabase: 'claim/2' });
    cluster.settle();
    expect(cluster.migrations).toEqual(['0.1.0', '0.1.0']);
  });

  it.each([
    ['an earlier Daywatch of this name that is gone', undefined, ['0.1.0', '0.1.0']],
    ['an earlier Daywatch that is on its way out', 'uid-0', ['0.1.0']],
  ])('should take no word for its migrations from the Job of %s', (_who, uid, migrations) => {
    const cluster = install();
    const { metadata, ...job } = cluster.objects.get('jobs/daywatch-migrate') as KubeObject;
    const ownerReferences = (uid === undefined ? [] : (metadata.ownerReferences ?? [])).map((reference) => ({
      ...reference,
      uid: uid ?? '',
    }));
    const { status: _, ...fresh } = cluster.daywatch;
    cluster.daywatch = fresh;
    cluster.objects.set('jobs/daywatch-migrate', { ...job, metadata: { ...metadata, ownerReferences } });
    cluster.settle();
    expect(cluster.migrations).toEqual(migrations);
    expect(cluster.condition('MigrationsApplied')).toMatch(
      uid === undefined ? /^True/ : /^False Waiting: Job 'daywatch-migrate'/,
    );
    expect(cluster.condition('Degraded')).toMatch(uid === undefined ? /^False/ : /^True ObjectConflict/);
  });

  it('should keep what an operator has noted that told no databases apart', () => {
    const cluster = install();
    const { migratedDatabase: _, ...status } = cluster.daywatch.status ?? {};
    cluster.daywatch = { ...cluster.daywatch, status };
    cluster.settle();
    expect(cluster.migrations).toEqual(['0.1.0']);
    expect(cluster.daywatch.status?.migratedDatabase).toBe('claim/1');
  });

  it('should refuse a specification that contradicts itself, and name the key', () => {
    const cluster = new PaperCluster({ parts: { restapi: { configuration: { http: { port: 1 } } } } });
    expect(() => cluster.step()).toThrow('spec.parts.restapi.configuration.http.port');
  });

  it.each([
    ["[1].name: 'a' is another's already", [OWN_TARGET, { ...OWN_TARGET, domain: 'b' }]],
    [
      "[1].domain: 'd' is another's already",
      ['c', 'e'].map((name) => ({ ...OWN_TARGET, name, domain: 'd' })),
    ],
    ["[1].domain: 'a.example' is another's already", ['c', 'e'].map((name) => ({ ...OWN_TARGET, name }))],
    ["[0].name: 'daywatch-restapi' is another's already", [{ ...OWN_TARGET, name: 'daywatch-restapi' }]],
    [
      "[0].name: 'scrapetarget/a' begins as those of ScrapeTargets",
      [{ ...OWN_TARGET, name: 'scrapetarget/a' }],
    ],
    ["[0].domain: 'healthcheck/x' begins as those of", [{ ...OWN_TARGET, domain: 'healthcheck/x' }]],
  ])('should refuse targets of its own with which its checker would refuse all: %s', (message, targets) => {
    const cluster = install();
    cluster.change({
      parts: { ...cluster.daywatch.spec.parts, checker: { enabled: true, configuration: { targets } } },
    });
    expect(() => cluster.step()).toThrow(`spec.parts.checker.configuration.targets${message}`);
  });

  it('should remove what a part leaves behind that is not wanted any more', () => {
    const cluster = install();
    cluster.change({ parts: { ...cluster.daywatch.spec.parts, gometr: { enabled: false } } });
    cluster.settle();
    expect([...cluster.objects.keys()].filter((key) => key.includes('gometr'))).toEqual([]);
    expect(cluster.condition('Available')).toMatch(/all 5 parts answer/);
  });

  it('should put back what somebody has changed, and leave alone what somebody has added', () => {
    const cluster = install();
    const key = 'services/daywatch-restapi';
    const service = cluster.objects.get(key) as unknown as { metadata: object; spec: { ports: object[] } };
    const added = { name: 'debug', port: 9999, protocol: 'TCP' };
    cluster.objects.set(key, {
      ...service,
      spec: { ...service.spec, ports: [...service.spec.ports, added] },
    } as never);
    expect(cluster.step().writes).toEqual([]);
    cluster.objects.set(key, { ...service, spec: { ...service.spec, selector: {} } } as never);
    expect(cluster.step().writes).toMatchObject([
      { kind: 'apply', object: { metadata: { name: 'daywatch-restapi' } } },
    ]);
  });
});

describe('an upgrade', () => {
  it('should run the migrations first, then replace one part after the other', () => {
    const cluster = install();
    const { length } = cluster.log;
    cluster.change({ version: '0.2.0' });
    cluster.step();
    expect(cluster.log.slice(length)).toEqual(['delete Job daywatch-migrate']);
    cluster.step();
    expect(cluster.migrations).toEqual(['0.1.0', '0.2.0']);
    cluster.play();
    for (const i of COMPONENTS.keys()) {
      cluster.step();
      const upgraded = new Set(COMPONENTS.slice(0, i + 1));
      const expected = Object.fromEntries(
        COMPONENTS.map((each) => [each, upgraded.has(each) ? '0.2.0' : '0.1.0']),
      );
      expect(cluster.versions()).toEqual(expected);
      expect(cluster.condition('Progressing')).toMatch(/^True Upgrading: upgrading from 0\.1\.0 to 0\.2\.0/);
      expect(cluster.step().writes).toEqual([]);
      cluster.play();
    }
    cluster.step();
    expect(cluster.daywatch.status).toMatchObject({ version: '0.2.0', migratedVersion: '0.2.0' });
  });

  it('should begin no migrations while a pod of others may be at work, whatever has become of their Job', () => {
    for (const phase of ['Pending', 'Running', 'Succeeded']) {
      const cluster = install();
      cluster.change({ version: '0.2.0' });
      cluster.step();
      const labels = { 'app.kubernetes.io/component': 'migrate' };
      const metadata = { name: 'daywatch-migrate-x', namespace: 'demo', labels };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata,
        phase,
        ip: undefined,
        ports: [],
        trouble: undefined,
      };
      const plan = planInstallation(cluster.view([pod]), () => 'x') as InstallationPlan;
      const created = plan.writes.filter(({ object }) => object.kind === 'Job').map(({ kind }) => kind);
      expect([phase, ...created]).toEqual(phase === 'Succeeded' ? [phase, 'create'] : [phase]);
    }
  });

  it('should neither begin migrations nor clear any away while it is not known which pods there are', () => {
    const cluster = install();
    cluster.change({ version: '0.2.0' });
    cluster.step();
    cluster.arePodsKnown = false;
    expect(cluster.step().migration).toMatchObject({ kind: 'waiting', writes: [], againAfterMs: 15_000 });
    cluster.arePodsKnown = true;
    cluster.step();
    expect(cluster.migrations).toEqual(['0.1.0', '0.2.0']);
    cluster.arePodsKnown = false;
    cluster.change({ version: '0.2.1' });
    expect(cluster.step().migration).toMatchObject({ kind: 'running', writes: [] });
  });

  it('should halt when migrations fail, with everything as it was, and go on by itself when they do not any more', () => {
    const cluster = install();
    cluster.weather = { ...SUNSHINE, isMigrationGood: () => false };
    cluster.change({ version: '0.2.0' });
    cluster.settle();
    expect(cluster.condition('MigrationsApplied')).toMatch(/^False Failed: the migrations of 0\.2\.0/);
    expect(cluster.condition('Degraded')).toMatch(/^True MigrationFailed/);
    expect(cluster.condition('Progressing')).toMatch(/^False Halted/);
    expect(cluster.condition('Available')).toMatch(/^True/);
    expect(new Set(Object.values(cluster.versions()))).toEqual(new Set(['0.1.0']));
    cluster.weather = SUNSHINE;
    cluster.nowMs += 60_000;
    cluster.settle();
    expect(cluster.condition('Degraded')).toMatch(/^False/);
    expect(cluster.daywatch.status?.version).toBe('0.2.0');
  });

  it('should halt at the part that does not become ready, and name it; a later version goes on from there', () => {
    const cluster = install();
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => image !== 'daywatch/checker:0.2.0' };
    cluster.change({ version: '0.2.0' });
    cluster.settle();
    expect(cluster.versions()).toMatchObject({ restapi: '0.2.0', checker: '0.2.0', 'calendar-api': '0.1.0' });
    expect(cluster.condition('Degraded')).toMatch(
      /^True RolloutFailed: checker 0\.2\.0 does not become ready/,
    );
    expect(cluster.condition('Available')).toMatch(/^True/);
    expect(cluster.daywatch.status?.version).toBe('0.1.0');
    cluster.change({ version: '0.2.1' });
    cluster.settle();
    expect(cluster.daywatch.status).toMatchObject({ version: '0.2.1', migratedVersion: '0.2.1' });
    expect(cluster.migrations).toEqual(['0.1.0', '0.2.0', '0.2.1']);
  });

  it('should go back to the version that serves when that is asked for again, without migrations', () => {
    const cluster = install();
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => image !== 'daywatch/checker:0.2.0' };
    cluster.change({ version: '0.2.0' });
    cluster.settle();
    cluster.change({ version: '0.1.0' });
    cluster.settle();
    expect(new Set(Object.values(cluster.versions()))).toEqual(new Set(['0.1.0']));
    expect(cluster.migrations).toEqual(['0.1.0', '0.2.0']);
    expect(cluster.condition('Progressing')).toMatch(/^False Complete/);
    expect(cluster.daywatch.status?.migratedVersion).toBe('0.2.0');
  });

  it('should not go to one lower than what the database was migrated to, but for the one that serves', () => {
    const cluster = install();
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => image !== 'daywatch/checker:0.2.0' };
    cluster.change({ version: '0.2.0' });
    cluster.settle();
    const half = cluster.versions();
    cluster.change({ version: '0.1.1' });
    cluster.settle();
    expect(cluster.condition('Degraded')).toContain('0.1.1 is lower than 0.2.0');
    expect(cluster.versions()).toEqual(half);
    expect(cluster.daywatch.status?.version).toBe('0.1.0');
  });

  it('should not begin an installation with one lower than what its database was migrated to', () => {
    const cluster = new PaperCluster({ version: '0.2.0' });
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => image !== 'daywatch/checker:0.2.0' };
    cluster.settle();
    cluster.change({ version: '0.1.0' });
    cluster.settle();
    expect(cluster.condition('Degraded')).toContain('0.1.0 is lower than 0.2.0');
    expect(Object.values(cluster.versions())).not.toContain('0.1.0');
    expect(cluster.migrations).toEqual(['0.2.0']);
    cluster.weather = SUNSHINE;
    cluster.settle();
    expect(cluster.daywatch.status?.version).toBe('0.2.0');
  });

  it('should take the word of migrations that have ended when a lower version was asked for meanwhile', () => {
    const cluster = new PaperCluster({ version: '0.2.0' });
    for (let looks = 0; cluster.migrations.length === 0; looks++) {
      expect(looks).toBeLessThan(10);
      cluster.step();
      cluster.play();
    }
    cluster.change({ version: '0.1.0' });
    cluster.settle();
    expect(cluster.condition('Degraded')).toMatch(/VersionLowered/);
    expect(cluster.migrations).toEqual(['0.2.0']);
    expect(cluster.daywatch.status?.migratedVersion).toBe('0.2.0');
  });

  it('should let a part whose turn has not come be scaled', () => {
    const cluster = install();
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => image !== 'daywatch/checker:0.2.0' };
    cluster.change({ version: '0.2.0' });
    cluster.settle();
    cluster.change({ replicas: 5 });
    cluster.settle();
    expect(cluster.objects.get('deployments/daywatch-calendar-api')).toMatchObject({ spec: { replicas: 5 } });
    expect(cluster.versions()['calendar-api']).toBe('0.1.0');
  });

  it('should scale and heal parts that wait for pods of another configuration, as their pods were told to be', () => {
    const cluster = install();
    const key = 'deployments/daywatch-calendar-api';
    const read = () => cluster.objects.get(key) as unknown as { spec: { template: object } };
    const told = read().spec.template;
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => !image.startsWith('wrong/') };
    cluster.change({ images: { prefix: 'wrong' } });
    cluster.settle();
    cluster.change({ replicas: 5 });
    cluster.settle();
    expect(cluster.objects.get('deployments/daywatch-gometr')).toMatchObject({ spec: { replicas: 5 } });
    expect(read().spec).toMatchObject({ replicas: 5, template: told });
    const template = JSON.parse(
      JSON.stringify(told).replace('daywatch/calendar-api:0.1.0', 'evil'),
    ) as object;
    cluster.objects.set(key, { ...read(), spec: { ...read().spec, template } } as never);
    expect(read().spec.template).not.toEqual(told);
    cluster.settle();
    expect(read().spec).toMatchObject({ replicas: 5, template: told });
    expect(cluster.step().writes).toEqual([]);
    cluster.change({ images: { prefix: 'daywatch' } });
    cluster.settle();
    expect(cluster.condition('Progressing')).toMatch(/^False Complete/);
  });

  it('should not take pods for told that somebody has written where they are noted', () => {
    const cluster = install();
    const key = 'deployments/daywatch-calendar-api';
    cluster.weather = { ...SUNSHINE, isImageGood: (image) => !image.startsWith('wrong/') };
    cluster.change({ images: { prefix: 'wrong' } });
    cluster.settle();
    const live = cluster.objects.get(key) as KubeObject;
    const annotations = { ...live.metadata.annotations, [TOLD]: '{"spec":{"containers":[]}}' };
    cluster.objects.set(key, { ...live, metadata: { ...live.metadata, annotations } });
    cluster.change({ replicas: 5 });
    expect(cluster.step().writes.map(({ object }) => object.metadata.name)).not.toContain(
      'daywatch-calendar-api',
    );
  });

  it.each([
    ['is paused', { upgrade: { paused: true } }],
    ['is asked for one that is refused', { version: '0.3.0' }],
    ['is asked for one that is lower', { version: '0.0.9' }],
  ] as readonly (readonly [string, { version?: string; upgrade?: object }])[])(
    'should stay where it stands when it %s half way, and go on from there',
    (_, change) => {
      const cluster = install();
      cluster.weather = { ...SUNSHINE, isImageGood: (image) => image !== 'daywatch/checker:0.2.0' };
      cluster.change({ version: '0.2.0' });
      cluster.settle();
      const half = cluster.versions();
      expect(half).toMatchObject({
        gometr: '0.2.0',
        restapi: '0.2.0',
        checker: '0.2.0',
        'calendar-api': '0.1.0',
      });
      const former = cluster.daywatch.spec;
      cluster.change({ ...change, upgrade: { ...former.upgrade, ...change.upgrade } });
      cluster.weather = SUNSHINE;
      cluster.settle();
      expect(cluster.versions()).toEqual(half);
      expect(cluster.condition('Progressing')).toMatch(
        /^False .*these stay: gometr 0\.2\.0, restapi 0\.2\.0, checker 0\.2\.0$/,
      );
      expect(cluster.daywatch.status?.version).toBe('0.1.0');
      cluster.change({ replicas: 5 });
      cluster.settle();
      expect(cluster.versions()).toEqual(half);
      expect(cluster.objects.get('deployments/daywatch-restapi')).toMatchObject({ spec: { replicas: 5 } });
      cluster.change({ version: '0.2.0', upgrade: former.upgrade });
      cluster.settle();
      expect(cluster.daywatch.status?.version).toBe('0.2.0');
      expect(new Set(Object.values(cluster.versions()))).toEqual(new Set(['0.2.0']));
    },
  );

  it('should keep the configuration of a part that waits for its turn as its pods have read it', () => {
    const cluster = install();
    const former = cluster.objects.get('configmaps/daywatch-restapi') as unknown as { data: object };
    const other = cluster.objects.get('configmaps/daywatch-checker') as unknown as { data: object };
    cluster.weather = { ...SUNSHINE, isMigrationGood: () => false };
    cluster.change({ version: '0.2.0' });
    cluster.settle();
    cluster.objects.delete('configmaps/daywatch-restapi');
    cluster.objects.set('configmaps/daywatch-checker', { ...other, data: { 'checker.yaml': '{}' } } as never);
    cluster.settle();
    expect(cluster.objects.get('configmaps/daywatch-restapi')).toMatchObject({ data: former.data });
    expect(cluster.objects.get('configmaps/daywatch-checker')).toMatchObject({ data: other.data });
  });

  it('should refuse to skip a version, keep the old one as it should be, and say so', () => {
    const cluster = install();
    cluster.change({ version: '0.3.0' });
    cluster.objects.delete('deployments/daywatch-restapi');
    cluster.settle();
    expect(cluster.condition('Degraded')).toMatch(/^True VersionSkipped: spec\.version: 0\.3\.0/);
    expect(cluster.versions()['restapi']).toBe('0.1.0');
    expect(cluster.migrations).toEqual(['0.1.0']);
  });

  it('should never start a part before its migrations, never replace two at once, and end up where it should', () => {
    const versions = ['0.1.0', '0.1.1', '0.2.0', '0.2.1', '0.3.0'] as const;
    const event = fc.oneof(
      fc.constantFrom(...versions).map((version) => ({ kind: 'version' as const, version })),
      fc
        .constantFrom('gometr', 'checker', 'calendar-api', 'none')
        .map((bad) => ({ kind: 'image' as const, bad })),
      fc.boolean().map((isGood) => ({ kind: 'migration' as const, isGood })),
      fc.boolean().map((paused) => ({ kind: 'pause' as const, paused })),
      fc.constantFrom(...COMPONENTS).map((component) => ({ kind: 'lose' as const, component })),
      fc.record({ kind: fc.constant('steps' as const), count: fc.integer({ min: 1, max: 6 }) }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const cluster = new PaperCluster({});
        for (const each of events) {
          if (each.kind === 'version') cluster.change({ version: each.version });
          if (each.kind === 'pause')
            cluster.change({ upgrade: { ...cluster.daywatch.spec.upgrade, paused: each.paused } });
          if (each.kind === 'image') {
            const isImageGood = (image: string): boolean => !image.includes(`/${each.bad}:0.2`);
            cluster.weather = { ...cluster.weather, isImageGood };
          }
          if (each.kind === 'migration')
            cluster.weather = { ...cluster.weather, isMigrationGood: () => each.isGood };
          if (each.kind === 'lose') cluster.objects.delete(`deployments/daywatch-${each.component}`);
          for (let i = 0; each.kind === 'steps' && i < each.count; i++) {
            const before = cluster.versions();
            const { version } = cluster.step();
            const after = cluster.versions();
            const replaced = COMPONENTS.filter(
              (part) => before[part] !== undefined && before[part] !== after[part],
            );
            expect(replaced.length).toBeLessThanOrEqual(version.kind === 'stay' ? 0 : 1);
            const migrated = cluster.daywatch.status?.migratedVersion;
            for (const version of Object.values(after)) {
              expect(version === undefined || (migrated !== undefined && !isLower(migrated, version))).toBe(
                true,
              );
            }
            cluster.play();
          }
        }
        cluster.weather = SUNSHINE;
        cluster.nowMs += 60_000;
        cluster.settle();
        cluster.nowMs += 60_000;
        cluster.settle();
        const { spec } = cluster.daywatch;
        const allowed = { paused: false, allowSkippingVersions: true, allowLoweringVersions: true };
        const upgrade = { ...spec.upgrade, ...allowed };
        cluster.change({ upgrade });
        cluster.settle();
        expect(cluster.daywatch.status?.version).toBe(spec.version);
        expect(new Set(Object.values(cluster.versions()))).toEqual(new Set([spec.version]));
      }),
      { numRuns: 25 },
    );
  });
});
