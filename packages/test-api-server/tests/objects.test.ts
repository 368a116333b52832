import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer, type JsonObject } from '../src/index.ts';
import { caller, CONFIG_MAPS, configMap, deployment, DEPLOYMENTS } from './_support/call.ts';

describe('objects', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeAll(async () => {
    server = await startApiServer();
    call = caller(server);
  });

  afterAll(() => server.stop());

  it('should be created with what the server knows of them', async () => {
    const { code, object } = await call('POST', CONFIG_MAPS, configMap('new', { a: '1' }));

    expect(code).toBe(201);
    expect(object.metadata.uid).toMatch(/^[\da-f-]{36}$/);
    expect(object.metadata.namespace).toBe('default');
    expect(object.metadata.resourceVersion).toMatch(/^\d+$/);
    expect(object.metadata.managedFields).toMatchObject([{ manager: 'tests', operation: 'Update' }]);
  });

  it('should not be created twice', async () => {
    await call('POST', CONFIG_MAPS, configMap('twice'));
    const { code, body } = await call('POST', CONFIG_MAPS, configMap('twice'));

    expect(code).toBe(409);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'AlreadyExists',
      message: 'configmaps "twice" already exists',
    });
  });

  it('should not be created in a namespace that there is not', async () => {
    const { code, body } = await call('POST', '/api/v1/namespaces/nowhere/configmaps', configMap('lost'));

    expect([code, body.message]).toEqual([404, 'namespaces "nowhere" not found']);
  });

  it('should get a name of their own by generateName', async () => {
    const unnamed = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { generateName: 'some-' } };
    const { object } = await call('POST', CONFIG_MAPS, unnamed);

    expect(object.metadata.name).toMatch(/^some-[a-z0-9]{5}$/);
  });

  it('should say what is wrong with a name', async () => {
    const { code, body } = await call('POST', CONFIG_MAPS, configMap('Not_A_Name'));

    expect(code).toBe(422);
    expect(body.message).toContain(
      'ConfigMap "Not_A_Name" is invalid: metadata.name: Invalid value: "Not_A_Name"',
    );
  });

  it('should be replaced only by whoever has seen the last write', async () => {
    const { object } = await call('POST', CONFIG_MAPS, configMap('raced', { a: '1' }));
    const changed = { ...object, data: { a: '2' } };
    const first = await call('PUT', `${CONFIG_MAPS}/raced`, changed);
    const second = await call('PUT', `${CONFIG_MAPS}/raced`, changed);

    expect([first.code, second.code]).toEqual([200, 409]);
    expect(second.body.message).toBe(
      'Operation cannot be fulfilled on configmaps "raced": the object has been modified; please apply your ' +
        'changes to the latest version and try again',
    );
  });

  it('should not be written where nothing changes', async () => {
    const { object } = await call('POST', CONFIG_MAPS, configMap('same', { a: '1' }));
    const { revision } = server.objects;
    await call('PUT', `${CONFIG_MAPS}/same`, object);

    expect(server.objects.revision).toBe(revision);
  });

  it('should count generations of what is wanted, and not of status', async () => {
    await call('POST', DEPLOYMENTS, deployment('counted', 'app:1', 0));
    const path = `${DEPLOYMENTS}/counted`;
    const merge = 'application/merge-patch+json';
    const labelled = await call('PATCH', path, { metadata: { labels: { a: 'b' } } }, merge);
    const scaled = await call('PATCH', path, { spec: { replicas: 1 } }, merge);
    const told = await call('PATCH', `${path}/status`, { status: { observedGeneration: 7 } }, merge);

    expect([labelled, scaled, told].map(({ object }) => object.metadata.generation)).toEqual([1, 2, 2]);
  });

  it('should keep status apart from the rest', async () => {
    await call('POST', DEPLOYMENTS, { ...deployment('apart', 'app:1', 0), status: { replicas: 9 } });
    const merge = 'application/merge-patch+json';
    const path = `${DEPLOYMENTS}/apart`;
    await call('PATCH', `${path}/status`, { spec: { replicas: 5 } }, merge);
    await call('PATCH', path, { status: { replicas: 9 } }, merge);

    const kept = server.objects.get('Deployment', 'default', 'apart');
    expect(kept).toMatchObject({ spec: { replicas: 0 } });
    expect(kept).not.toMatchObject({ status: { replicas: 9 } });
  });

  it('should be scaled at their scale', async () => {
    await call('POST', DEPLOYMENTS, deployment('scaled', 'app:1', 0));
    const path = `${DEPLOYMENTS}/scaled/scale`;
    const { object } = await call('GET', path);
    await call('PUT', path, { ...object, spec: { replicas: 3 } });

    expect(object).toMatchObject({ kind: 'Scale', apiVersion: 'autoscaling/v1', spec: { replicas: 0 } });
    expect(server.objects.get('Deployment', 'default', 'scaled')).toMatchObject({ spec: { replicas: 3 } });
  });

  it('should refuse to change what cannot change', async () => {
    await call('POST', DEPLOYMENTS, deployment('fixed', 'app:1', 0));
    const { code, body } = await call(
      'PATCH',
      `${DEPLOYMENTS}/fixed`,
      { spec: { selector: { matchLabels: { app: 'fixed', more: 'yes' } } } },
      'application/merge-patch+json',
    );

    expect(code).toBe(422);
    expect(body.message).toContain('spec.selector: Invalid value');
    expect(body.message).toContain('field is immutable');
  });

  it('should try without doing where that is asked', async () => {
    const { revision } = server.objects;
    const { code } = await call('POST', `${CONFIG_MAPS}?dryRun=All`, configMap('dry'));

    expect([code, server.objects.revision]).toEqual([201, revision]);
  });

  it('should move text of Secrets to where data is', async () => {
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 's' }, stringData: { key: 'word' } };
    const { object } = await call('POST', '/api/v1/namespaces/default/secrets', secret);

    expect(object).toMatchObject({ type: 'Opaque', data: { key: 'd29yZA==' } });
    expect(object).not.toHaveProperty('stringData');
  });
});

describe('lists', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeAll(async () => {
    server = await startApiServer();
    call = caller(server);
    for (const [index, tier] of ['web', 'web', 'data', 'data', 'web'].entries())
      await call('POST', CONFIG_MAPS, {
        ...configMap(`cm-${index}`),
        metadata: { name: `cm-${index}`, labels: { tier, [`only-${index}`]: '' } },
      });
  });

  afterAll(() => server.stop());

  const names = async (query: string): Promise<readonly string[]> => {
    const { body } = await call('GET', `${CONFIG_MAPS}?${query}`);
    return (body['items'] as unknown as { metadata: { name: string } }[]).map(
      ({ metadata }) => metadata.name,
    );
  };

  it.each([
    ['labelSelector=tier=web', ['cm-0', 'cm-1', 'cm-4']],
    ['labelSelector=tier!=web', ['cm-2', 'cm-3']],
    ['labelSelector=tier in (web,data),only-3', ['cm-3']],
    ['labelSelector=tier notin (web),!only-3', ['cm-2']],
    ['fieldSelector=metadata.name=cm-1', ['cm-1']],
    ['fieldSelector=metadata.namespace=elsewhere', []],
  ])('should select by %s', async (query, expected) => {
    expect(await names(encodeURI(query))).toEqual(expected);
  });

  it('should refuse a field that nothing is selected by', async () => {
    const { code, body } = await call('GET', `${CONFIG_MAPS}?fieldSelector=data.a=1`);

    expect([code, body.message]).toEqual([
      400,
      'Unable to find "configmaps" that match field selector: field label not supported: data.a',
    ]);
  });

  it('should show one revision on all pages', async () => {
    const first = await call('GET', `${CONFIG_MAPS}?limit=3`);
    const metadata = first.body['metadata'] as { continue: string; resourceVersion: string };
    await call('POST', CONFIG_MAPS, configMap('cm-9'));
    const second = await call('GET', `${CONFIG_MAPS}?limit=3&continue=${metadata.continue}`);
    await call('DELETE', `${CONFIG_MAPS}/cm-9`);

    expect(first.body).toMatchObject({ items: { length: 3 }, metadata: { remainingItemCount: 2 } });
    expect(second.body).toMatchObject({
      items: [{ metadata: { name: 'cm-3' } }, { metadata: { name: 'cm-4' } }],
      metadata: { resourceVersion: metadata.resourceVersion },
    });
  });

  it('should refuse to go on after a compaction', async () => {
    const { body } = await call('GET', `${CONFIG_MAPS}?limit=1`);
    await call('POST', CONFIG_MAPS, configMap('later'));
    server.faults.compact();
    const next = (body['metadata'] as { continue: string }).continue;
    const { code, body: refusal } = await call('GET', `${CONFIG_MAPS}?limit=1&continue=${next}`);

    expect([code, refusal.reason]).toEqual([410, 'Expired']);
  });

  it('should not say the kind of items of built-in kinds', async () => {
    const { body } = await call('GET', CONFIG_MAPS);

    expect(body).toMatchObject({ kind: 'ConfigMapList', apiVersion: 'v1' });
    expect((body['items'] as unknown[])[0]).not.toHaveProperty('kind');
  });
});

describe('patches', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeAll(async () => {
    server = await startApiServer();
    call = caller(server);
  });

  afterAll(() => server.stop());

  it('should be lists of operations', async () => {
    await call('POST', CONFIG_MAPS, configMap('json', { a: '1', b: '2' }));
    const patch = [
      { op: 'test', path: '/data/a', value: '1' },
      { op: 'replace', path: '/data/a', value: '9' },
      { op: 'move', from: '/data/b', path: '/data/c~1d' },
      { op: 'add', path: '/metadata/labels', value: { x: 'y' } },
    ];
    const { object } = await call('PATCH', `${CONFIG_MAPS}/json`, patch, 'application/json-patch+json');

    expect(object).toMatchObject({ data: { a: '9', 'c/d': '2' }, metadata: { labels: { x: 'y' } } });
  });

  it('should fail as a whole where a test fails', async () => {
    await call('POST', CONFIG_MAPS, configMap('tested', { a: '1' }));
    const patch = [
      { op: 'replace', path: '/data/a', value: '2' },
      { op: 'test', path: '/data/a', value: '3' },
    ];
    const { code } = await call('PATCH', `${CONFIG_MAPS}/tested`, patch, 'application/json-patch+json');

    expect(code).toBe(422);
    expect(server.objects.get('ConfigMap', 'default', 'tested')).toMatchObject({ data: { a: '1' } });
  });

  it('should remove by null where they merge', async () => {
    await call('POST', CONFIG_MAPS, configMap('merged', { a: '1', b: '2' }));
    const patch = { data: { a: null, c: '3' } };
    const { object } = await call('PATCH', `${CONFIG_MAPS}/merged`, patch, 'application/merge-patch+json');

    expect(object['data']).toEqual({ b: '2', c: '3' });
  });

  it('should find containers by their names where they are strategic', async () => {
    await call('POST', DEPLOYMENTS, deployment('strategic', 'app:1', 0));
    const containers = [
      { name: 'side', image: 'side:1' },
      { name: 'main', image: 'app:2' },
    ];
    const { object } = await call(
      'PATCH',
      `${DEPLOYMENTS}/strategic`,
      { spec: { template: { spec: { containers, $setElementOrder: undefined } } } } as never,
      'application/strategic-merge-patch+json',
    );

    const spec = (object['spec'] as { template: { spec: { containers: { name: string; image: string }[] } } })
      .template.spec;
    expect(spec.containers.map(({ name, image }) => `${name} ${image}`)).toEqual([
      'main app:2',
      'side side:1',
    ]);
  });

  it('should remove one container where they are strategic', async () => {
    const template = {
      spec: {
        containers: [
          { name: 'a', image: 'a' },
          { name: 'b', image: 'b' },
        ],
      },
      metadata: { labels: { app: 'two' } },
    };
    const two = deployment('two', 'x', 0);
    await call('POST', DEPLOYMENTS, { ...two, spec: { ...(two['spec'] as JsonObject), template } });
    const patch = { spec: { template: { spec: { containers: [{ $patch: 'delete', name: 'a' }] } } } };
    await call('PATCH', `${DEPLOYMENTS}/two`, patch, 'application/strategic-merge-patch+json');

    const { spec } = server.objects.get('Deployment', 'default', 'two') as { spec?: unknown };
    expect(spec).toMatchObject({ template: { spec: { containers: [{ name: 'b' }] } } });
  });

  it('should be of a kind that the server knows', async () => {
    await call('POST', CONFIG_MAPS, configMap('odd'));
    const { code } = await call('PATCH', `${CONFIG_MAPS}/odd`, {}, 'application/json');

    expect(code).toBe(415);
  });
});
