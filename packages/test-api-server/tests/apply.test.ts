import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer, type JsonObject, type KubeObject } from '../src/index.ts';
import { applier, caller, CONFIG_MAPS, configMap, deployment, DEPLOYMENTS } from './_support/call.ts';

describe('server-side apply', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;
  let applyOurs: ReturnType<typeof applier>;
  let applyTheirs: ReturnType<typeof applier>;

  beforeAll(async () => {
    server = await startApiServer();
    call = caller(server);
    applyOurs = applier(call, 'ours');
    applyTheirs = applier(call, 'theirs');
  });

  afterAll(() => server.stop());

  const managersOf = ({ metadata }: KubeObject): Record<string, JsonObject> =>
    Object.fromEntries((metadata.managedFields ?? []).map((each) => [each.manager, each.fieldsV1]));

  it('should create what is not there, and own what it said', async () => {
    const { code, object } = await applyOurs(`${CONFIG_MAPS}/fresh`, configMap('fresh', { a: '1' }));

    expect(code).toBe(201);
    expect(managersOf(object)).toEqual({ ours: { 'f:data': { 'f:a': {} } } });
  });

  it('should write nothing where nothing changes', async () => {
    await applyOurs(`${DEPLOYMENTS}/still`, deployment('still', 'app:1', 0));
    const { revision } = server.objects;
    const { code } = await applyOurs(`${DEPLOYMENTS}/still`, deployment('still', 'app:1', 0));

    expect(code).toBe(200);
    expect(server.objects.get('Deployment', 'default', 'still')).toMatchObject({
      spec: { strategy: { type: 'RollingUpdate' } },
    });
    // The controllers may still have been at work on it before; the apply itself wrote nothing.
    expect(server.requests.writes().at(-1)).toMatchObject({ verb: 'patch', isChange: false });
    expect(server.objects.revision).toBeGreaterThanOrEqual(revision);
  });

  it('should refuse to take from another, and name the field and its owner', async () => {
    const path = `${CONFIG_MAPS}/contested`;
    await applyOurs(path, configMap('contested', { a: '1', b: '1' }));
    const one = await applyTheirs(path, configMap('contested', { a: '2' }));
    const two = await applyTheirs(path, configMap('contested', { a: '2', b: '2' }));

    expect(one.code).toBe(409);
    expect(one.body).toMatchObject({
      reason: 'Conflict',
      message: 'Apply failed with 1 conflict: conflict with "ours": .data.a',
      details: {
        causes: [{ reason: 'FieldManagerConflict', message: 'conflict with "ours"', field: '.data.a' }],
      },
    });
    expect(two.body.message).toBe(
      'Apply failed with 2 conflicts: conflicts with "ours":\n- .data.a\n- .data.b',
    );
  });

  it('should say of a plain write with what it was made, and when', async () => {
    await call('POST', CONFIG_MAPS, configMap('written', { a: '1' }));
    const { body } = await applyOurs(`${CONFIG_MAPS}/written`, configMap('written', { a: '2' }));

    expect(body.message).toMatch(
      /^Apply failed with 1 conflict: conflict with "tests" using v1 at \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ: \.data\.a$/,
    );
  });

  it('should take by force', async () => {
    const path = `${CONFIG_MAPS}/forced`;
    await applyOurs(path, configMap('forced', { a: '1', b: '1' }));
    const { object } = await applyTheirs(path, configMap('forced', { a: '2' }), '&force=true');

    expect(object['data']).toEqual({ a: '2', b: '1' });
    expect(managersOf(object)).toEqual({
      ours: { 'f:data': { 'f:b': {} } },
      theirs: { 'f:data': { 'f:a': {} } },
    });
  });

  it('should share what both say alike, and keep it while one of them says it', async () => {
    const path = `${CONFIG_MAPS}/shared`;
    await applyOurs(path, configMap('shared', { a: '1' }));
    await applyTheirs(path, configMap('shared', { a: '1' }));
    const oneLeft = await applyOurs(path, configMap('shared'));
    const noneLeft = await applyTheirs(path, configMap('shared'));

    expect(oneLeft.object['data']).toEqual({ a: '1' });
    expect(noneLeft.object).not.toHaveProperty('data.a');
  });

  it('should remove what it no longer says, and leave the fields of others alone', async () => {
    const path = `${CONFIG_MAPS}/pruned`;
    await applyOurs(path, configMap('pruned', { a: '1', b: '1' }));
    await call(
      'PATCH',
      path,
      { data: { c: '1' }, metadata: { labels: { x: 'y' } } },
      'application/merge-patch+json',
    );
    const { object } = await applyOurs(path, configMap('pruned', { a: '1' }));

    expect(object['data']).toEqual({ a: '1', c: '1' });
    expect(object.metadata.labels).toEqual({ x: 'y' });
  });

  it('should take a map away with its last entry', async () => {
    const path = `${CONFIG_MAPS}/emptied`;
    const labelled = { ...configMap('emptied'), metadata: { name: 'emptied', labels: { a: 'b' } } };
    await applyOurs(path, labelled);
    const { object } = await applyOurs(path, configMap('emptied', { a: '1' }));

    expect(object.metadata).not.toHaveProperty('labels');
  });

  it('should tell containers and ports apart by their keys', async () => {
    const path = `${DEPLOYMENTS}/keyed`;
    const withContainers = (containers: JsonObject[]): KubeObject => {
      const object = deployment('keyed', 'app:1', 0);
      const template = { metadata: { labels: { app: 'keyed' } }, spec: { containers } };
      return { ...object, spec: { ...(object['spec'] as JsonObject), template } };
    };
    const main = { name: 'main', image: 'app:1', ports: [{ containerPort: 80 }] };
    await applyOurs(path, withContainers([main]));
    await applyTheirs(path, {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'keyed' },
      spec: { template: { spec: { containers: [{ name: 'side', image: 'side:1' }] } } },
    });
    const { object } = await applyOurs(
      path,
      withContainers([{ ...main, ports: [{ containerPort: 80 }, { containerPort: 80, protocol: 'UDP' }] }]),
    );

    const { containers } = (object['spec'] as { template: { spec: { containers: JsonObject[] } } }).template
      .spec;
    expect(containers.map(({ name }) => name)).toEqual(['main', 'side']);
    expect(containers[0]).toMatchObject({
      ports: [
        { containerPort: 80, protocol: 'TCP' },
        { containerPort: 80, protocol: 'UDP' },
      ],
    });
    expect(managersOf(object)['theirs']).toEqual({
      'f:spec': {
        'f:template': {
          'f:spec': {
            'f:containers': { 'k:{"name":"side"}': { '.': {}, 'f:image': {}, 'f:name': {} } },
          },
        },
      },
    });
  });

  it('should own status apart from the rest', async () => {
    await applyOurs(`${DEPLOYMENTS}/told`, deployment('told', 'app:1', 0));
    const status = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'told' },
      status: { conditions: [{ type: 'Mine', status: 'True' }] },
    };
    const { object } = await applyOurs(`${DEPLOYMENTS}/told/status`, status);

    const entries = object.metadata.managedFields?.filter(({ manager }) => manager === 'ours') ?? [];
    expect(entries.map(({ subresource, fieldsV1 }) => [subresource, Object.keys(fieldsV1)])).toEqual([
      [undefined, ['f:spec']],
      ['status', ['f:status']],
    ]);
  });

  it('should want to know who applies', async () => {
    const path = `${CONFIG_MAPS}/nobody`;
    const { code, body } = await call('PATCH', path, configMap('nobody'), 'application/apply-patch+yaml');

    expect(code).toBe(422);
    expect(body.message).toBe(
      'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
    );
  });

  it('should refuse a stale resourceVersion', async () => {
    const path = `${CONFIG_MAPS}/versioned`;
    const { object } = await applyOurs(path, configMap('versioned', { a: '1' }));
    await applyOurs(path, configMap('versioned', { a: '2' }));
    const { resourceVersion = '' } = object.metadata;
    const stale = { ...configMap('versioned', { a: '3' }), metadata: { name: 'versioned', resourceVersion } };
    const { code, body } = await applyOurs(path, stale);

    expect([code, body.reason]).toEqual([409, 'Conflict']);
  });
});
