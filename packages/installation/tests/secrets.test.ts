import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createScope, describeInstallation, listObjects, listSecretNeeds, makeSecrets } from '@daywatch/installation';
import { installation } from './_support/installation.ts';
import type { Manifest } from './_support/manifest.ts';
import { KUBERNETES_FOLDER, parseManifests } from './_support/render.ts';
import { listWorkloads } from './_support/workloads.ts';

const OPTIONS = { managedBy: 'a-test' };
const MADE = installation({ database: { managed: {} }, broker: { managed: {} } });

describe('the Secrets of an installation', () => {
  it.each([
    ['with a database and a broker that are made', MADE],
    ['without a broker', installation({})],
    ['with its own', installation({ database: { secretName: 'd' }, broker: { secretName: 'b' }, firstToken: { secretName: 't' } })],
  ])('should have every key that pods read: %s', (_, daywatch) => {
    const needs = listSecretNeeds(createScope(daywatch, OPTIONS));
    const listed = needs.flatMap(({ name, keys }) => keys.map((key) => `${name} ${key}`));

    const objects = listObjects(describeInstallation(daywatch, OPTIONS)) as unknown as readonly Manifest[];

    expect([...listReadKeys(objects)].filter((key) => !listed.includes(key))).toEqual([]);
  });

  it('should be made where nobody brings them, with all that is needed and no word twice', () => {
    const scope = createScope(MADE, OPTIONS);
    let count = 0;
    const secrets = makeSecrets(scope, () => `random${++count}`);

    const made = secrets.map(({ metadata, stringData }) => [metadata.name, Object.keys(stringData).toSorted()]);
    expect(made).toEqual(listSecretNeeds(scope).map(({ name, keys }) => [name, keys.toSorted()]));
    expect(secrets[0]?.stringData).toMatchObject({
      'owner-password': 'random1',
      'owner-dsn': 'postgres://owner:random1@daywatch-database:5432/daywatch',
    });
    expect(count).toBe(7);
  });

  it('should not be made where people bring them', () => {
    const own = installation({ database: { secretName: 'd' }, broker: { secretName: 'b' }, firstToken: { secretName: 't' } });

    expect(makeSecrets(createScope(own, OPTIONS), () => 'x')).toEqual([]);
  });

  it('should be printed by the script of the small overlay, new ones each time', async () => {
    const run = async (): Promise<readonly (Manifest & { stringData?: Record<string, string> })[]> => {
      const { stdout } = await promisify(execFile)(join(KUBERNETES_FOLDER, 'overlays/small/make-secrets.sh'));
      return parseManifests(stdout);
    };
    const [first, second] = await Promise.all([run(), run()]);

    expect(first.map(({ metadata, stringData }) => [metadata.name, Object.keys(stringData ?? {}).toSorted()])).toEqual(
      listSecretNeeds(createScope(MADE, OPTIONS)).map(({ name, keys }) => [name, keys.toSorted()]),
    );
    const token = first[2]?.stringData?.['token'];
    expect(token).toMatch(/^[0-9a-f]{48}$/);
    expect(second[2]?.stringData?.['token']).not.toBe(token);
    expect(first[0]?.stringData?.['calendar-dsn']).toMatch(/^postgres:\/\/calendar:[0-9a-f]{48}@daywatch-database:5432/);
  });
});

function listReadKeys(objects: readonly Manifest[]): ReadonlySet<string> {
  const volumes = listWorkloads(objects).flatMap(({ pod }) => pod.volumes ?? []);
  const sources = volumes.flatMap(
    (volume) =>
      (volume['projected'] as { sources: readonly { secret?: { name: string; items: readonly { key: string }[] } }[] } | undefined)
        ?.sources ?? [],
  );
  return new Set(sources.flatMap(({ secret }) => secret?.items.map(({ key }) => `${secret.name} ${key}`) ?? []));
}
