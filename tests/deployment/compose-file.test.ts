import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from './_support/checkout.ts';

interface Service {
  readonly image: string;
  readonly build?: { readonly dockerfile: string };
  readonly networks?: readonly string[];
  readonly network_mode?: string;
  readonly ports?: readonly string[];
  readonly restart: string;
  readonly mem_limit?: string;
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}

const file = join(ROOT, 'deployment/docker-compose.yml');
const { services, networks } = parse(await readFile(file, 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
};
const standIns = join(ROOT, 'deployment/test-images/docker-compose.stand-ins.yml');
const { services: changed } = parse(await readFile(standIns, 'utf8')) as {
  readonly services: Readonly<Record<string, { readonly profiles?: readonly string[] }>>;
};

const all = Object.entries(services);
const ours = all.filter(([, { build }]) => build !== undefined);

describe('docker-compose.yml', () => {
  it('should have a service in the zones that it needs, and no other', () => {
    expect(
      Object.fromEntries(all.map(([name, service]) => [name, service.networks ?? service.network_mode])),
    ).toEqual({
      secrets: 'none',
      postgres: ['database'],
      rabbitmq: ['queue', 'watch'],
      migrate: ['database'],
      'calendar-api': ['web', 'database', 'watch'],
      'calendar-scheduler': ['database', 'queue', 'watch'],
      'calendar-sender': ['database', 'queue', 'watch', 'outside'],
      checker: ['database', 'watch', 'outside'],
      restapi: ['database', 'watch'],
      gometr: ['watch'],
      'postgres-exporter': ['database', 'watch'],
      prometheus: ['watch'],
      grafana: ['web', 'watch'],
    });
    expect(Object.keys(networks).filter((name) => networks[name]?.internal === true)).toEqual([
      'database',
      'queue',
      'watch',
    ]);
  });

  it('should publish the API and Grafana, on loopback unless it is told otherwise', () => {
    expect(all.flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`))).toEqual([
      'calendar-api ${DAYWATCH_PUBLISH:-127.0.0.1}:${DAYWATCH_API_PORT:-8888}:8888',
      'grafana ${DAYWATCH_PUBLISH:-127.0.0.1}:${DAYWATCH_GRAFANA_PORT:-3000}:3000',
    ]);
  });

  it.each(ours)('should let %s write nowhere but where it is told, with no right of root', (_, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
    });
  });

  it.each(all)('should bound the memory and the log of %s', (_, service) => {
    expect(service).toMatchObject({
      mem_limit: expect.stringMatching(/^\d+[mg]$/) as string,
      logging: { driver: 'json-file' },
    });
  });

  it.each(all)('should name the version of the image of %s, or build it', (name, { image, build }) => {
    if (build === undefined) expect(image).toMatch(/^[a-z/-]+:v?\d+(\.\d+)*[a-z-]*$/);
    else
      expect({ image, ...build }).toMatchObject({
        image: `daywatch/${name}`,
        dockerfile: `deployment/docker/${name}.Dockerfile`,
      });
  });

  it.each(all)('should hand secrets to %s as files alone', (_, { environment = {} }) => {
    const secret = Object.entries(environment).filter(([name]) => /PASS|TOKEN|DSN|QUEUE_URL/.test(name));
    for (const [name, value] of secret) {
      expect(name).toMatch(/_FILE$/);
      expect(value).toMatch(/^\/run\/secrets\/daywatch\/\w+$/);
    }
  });

  it('should leave out Grafana alone where images are stand-ins', () => {
    const out = Object.entries(changed).filter(([, { profiles }]) => profiles !== undefined);
    expect(out.map(([name]) => name)).toEqual(['grafana']);
    expect(Object.keys(changed).filter((name) => services[name]?.build !== undefined)).toEqual(
      ours.map(([name]) => name),
    );
  });
});
