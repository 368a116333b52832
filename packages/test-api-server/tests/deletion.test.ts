import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer, type KubeObject } from '../src/index.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { caller, CONFIG_MAPS, configMap } from './_support/call.ts';

describe('deletion', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeEach(async () => {
    server = await startApiServer();
    call = caller(server);
  });

  afterEach(() => server.stop());

  const has = (name: string): boolean => server.objects.get('ConfigMap', 'default', name) !== undefined;

  /** An owner, what it owns, and what that owns. */
  async function makeFamily(blocks = true): Promise<void> {
    let owner: KubeObject | undefined;
    for (const name of ['grandparent', 'parent', 'child']) {
      const ownerReferences = owner && [
        {
          apiVersion: 'v1',
          kind: 'ConfigMap',
          name: owner.metadata.name,
          uid: owner.metadata.uid ?? '',
          blockOwnerDeletion: blocks,
        },
      ];
      const { object } = await call('POST', CONFIG_MAPS, {
        ...configMap(name),
        metadata: { name, ...(ownerReferences && { ownerReferences }) },
      });
      owner = object;
    }
  }

  it('should say of what is gone that it is', async () => {
    const { object } = await call('POST', CONFIG_MAPS, configMap('a'));
    const { code, body } = await call('DELETE', `${CONFIG_MAPS}/a`);

    expect(code).toBe(200);
    expect(body).toMatchObject({
      kind: 'Status',
      status: 'Success',
      details: { name: 'a', kind: 'configmaps', uid: object.metadata.uid },
    });
    expect((await call('GET', `${CONFIG_MAPS}/a`)).body.message).toBe('configmaps "a" not found');
  });

  it('should hold to its preconditions', async () => {
    await call('POST', CONFIG_MAPS, configMap('a'));
    const { code, body } = await call('DELETE', `${CONFIG_MAPS}/a`, { preconditions: { uid: 'other' } });

    expect(code).toBe(409);
    expect(body.message).toContain('Precondition failed: UID in precondition: other, UID in object meta: ');
    expect(has('a')).toBe(true);
  });

  it('should wait for finalizers, and take no new ones', async () => {
    const held = { ...configMap('held'), metadata: { name: 'held', finalizers: ['example.org/hold'] } };
    await call('POST', CONFIG_MAPS, held);
    const path = `${CONFIG_MAPS}/held`;
    const { object } = await call('DELETE', path);
    const merge = 'application/merge-patch+json';
    const more = await call(
      'PATCH',
      path,
      { metadata: { finalizers: ['example.org/hold', 'x.org/y'] } },
      merge,
    );
    const whileHeld = has('held');
    await call('PATCH', path, { metadata: { finalizers: [] } }, merge);

    expect(object.metadata.deletionTimestamp).toMatch(/Z$/);
    expect([more.code, whileHeld, has('held')]).toEqual([422, true, false]);
    expect(more.body.message).toContain('no new finalizers can be added if the object is being deleted');
  });

  it('should take dependents along, a moment later', async () => {
    await makeFamily();
    await call('DELETE', `${CONFIG_MAPS}/grandparent`);

    expect(has('grandparent')).toBe(false);
    await waitFor('dependents to be gone', () => !has('parent') && !has('child'));
  });

  it('should take dependents first where it is in the foreground', async () => {
    await makeFamily();
    const order: string[] = [];
    const { object } = await call('DELETE', `${CONFIG_MAPS}/grandparent`, {
      propagationPolicy: 'Foreground',
    });
    await waitFor('all to be gone', () => {
      for (const name of ['child', 'parent', 'grandparent'])
        if (!has(name) && !order.includes(name)) order.push(name);
      return order.length === 3;
    });

    expect(object.metadata.finalizers).toEqual(['foregroundDeletion']);
    expect(order).toEqual(['child', 'parent', 'grandparent']);
  });

  it('should leave orphans where that is wanted', async () => {
    await makeFamily();
    await call('DELETE', `${CONFIG_MAPS}/grandparent`, { propagationPolicy: 'Orphan' });
    await waitFor('the owner to be gone', () => !has('grandparent'));

    const orphan = server.objects.get('ConfigMap', 'default', 'parent');
    expect(orphan?.metadata).not.toHaveProperty('ownerReferences');
  });

  it('should remove what names an owner that there never was', async () => {
    const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'ghost', uid: 'no-such-uid' }];
    await call('POST', CONFIG_MAPS, { ...configMap('lost'), metadata: { name: 'lost', ownerReferences } });

    await waitFor('it to be collected', () => !has('lost'));
  });

  it('should take all that a selector fits', async () => {
    await call('POST', CONFIG_MAPS, { ...configMap('a'), metadata: { name: 'a', labels: { x: 'y' } } });
    await call('POST', CONFIG_MAPS, configMap('b'));
    await call('DELETE', `${CONFIG_MAPS}?labelSelector=x%3Dy`);

    expect([has('a'), has('b')]).toEqual([false, true]);
  });

  it('should empty a namespace before it goes', async () => {
    await call('POST', '/api/v1/namespaces', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop' },
    });
    const held = { ...configMap('held'), metadata: { name: 'held', finalizers: ['example.org/hold'] } };
    await call('POST', '/api/v1/namespaces/shop/configmaps', held);
    const { object } = await call('DELETE', '/api/v1/namespaces/shop');
    const late = await call('POST', '/api/v1/namespaces/shop/configmaps', configMap('late'));
    await waitFor(
      'the object to be marked',
      () => server.objects.get('ConfigMap', 'shop', 'held')?.metadata.deletionTimestamp !== undefined,
    );
    const path = '/api/v1/namespaces/shop/configmaps/held';
    await call('PATCH', path, { metadata: { finalizers: null } }, 'application/merge-patch+json');

    expect(object).toMatchObject({ status: { phase: 'Terminating' } });
    expect([late.code, late.body.message]).toEqual([
      403,
      'configmaps "late" is forbidden: unable to create new content in namespace shop because it is being terminated',
    ]);
    await waitFor(
      'the namespace to be gone',
      () => server.objects.get('Namespace', undefined, 'shop') === undefined,
    );
  });
});
