import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer, type JsonObject, type KubeObject } from '../src/index.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { applier, caller } from './_support/call.ts';
import { DEFINITIONS, widget, widgetDefinition, WIDGETS } from './_support/widget.ts';

describe('custom resources', () => {
  let server: ApiServer;
  let call: ReturnType<typeof caller>;

  beforeAll(async () => {
    server = await startApiServer();
    call = caller(server);
    await call('POST', DEFINITIONS, widgetDefinition());
  });

  afterAll(() => server.stop());

  it('should be served, and say so', async () => {
    await waitFor('the definition to be established', () => {
      const definition = server.objects.get('CustomResourceDefinition', undefined, 'widgets.example.org');
      const { conditions } = (definition?.['status'] ?? {}) as {
        conditions?: { type: string; status: string }[];
      };
      return conditions?.some(({ type, status }) => type === 'Established' && status === 'True') === true;
    });
    const { body } = await call('GET', '/apis/example.org/v1');

    expect((body['resources'] as { name: string }[]).map(({ name }) => name)).toEqual([
      'widgets',
      'widgets/status',
      'widgets/scale',
    ]);
  });

  it('should get their defaults and lose what their schema does not know', async () => {
    const { object } = await call(
      'POST',
      WIDGETS,
      widget('made', { color: 'blue', junk: 1, parts: [{ id: 'x' }] }),
    );

    expect(object['spec']).toEqual({ color: 'blue', size: 3, parts: [{ id: 'x', weight: 1 }] });
  });

  it.each([
    [{ size: 1 }, 'spec.color: Required value'],
    [{ color: 'green' }, 'spec.color: Unsupported value: "green": supported values: "red", "blue"'],
    [
      { color: 'blue', size: 0 },
      'spec.size: Invalid value: 0: spec.size in body should be greater than or equal to 1',
    ],
    [
      { color: 'blue', size: 'big' },
      'spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"',
    ],
    [
      { color: 'blue', name: 'a' },
      'spec.name: Invalid value: "a": spec.name in body should be at least 2 chars long',
    ],
    [{ color: 'blue', name: 'abcdef' }, 'spec.name: Too long: may not be more than 5 bytes'],
    [
      { color: 'blue', name: 'AB' },
      `spec.name: Invalid value: "AB": spec.name in body should match '^[a-z]*$'`,
    ],
    [
      { color: 'blue', parts: [{ id: 'a' }, { id: 'a' }] },
      'spec.parts[1]: Duplicate value: {"id":"a","weight":1}',
    ],
    [{ color: 'red', size: 10 }, 'spec: Invalid value: "object": red ones stay below 10'],
  ])('should be refused as %j', async (spec, message) => {
    const { code, body } = await call('POST', WIDGETS, widget('wrong', spec));

    expect([code, body.message]).toEqual([422, `Widget.example.org "wrong" is invalid: ${message}`]);
  });

  it('should hold to rules about changes', async () => {
    await call('POST', WIDGETS, widget('steady'));
    const { body } = await call(
      'PATCH',
      `${WIDGETS}/steady`,
      { spec: { color: 'red' } },
      'application/merge-patch+json',
    );

    expect(body.message).toContain('color cannot change');
  });

  it('should be replaced only with a resourceVersion', async () => {
    await call('POST', WIDGETS, widget('blind'));
    const { code, body } = await call('PUT', `${WIDGETS}/blind`, widget('blind'));

    expect(code).toBe(422);
    expect(body.message).toContain(
      'metadata.resourceVersion: Invalid value: 0x0: must be specified for an update',
    );
  });

  it('should merge their lists by the keys of their schema', async () => {
    await applier(call, 'one')(
      `${WIDGETS}/merged`,
      widget('merged', { color: 'blue', parts: [{ id: 'a' }] }),
    );
    const theirs = { ...widget('merged'), spec: { parts: [{ id: 'b', weight: 2 }] } };
    const { object } = await applier(call, 'two')(`${WIDGETS}/merged`, theirs);

    expect((object['spec'] as JsonObject)['parts']).toEqual([
      { id: 'a', weight: 1 },
      { id: 'b', weight: 2 },
    ]);
  });

  it('should be refused as definitions that cannot be served', async () => {
    const broken = structuredClone(widgetDefinition()) as KubeObject & {
      spec: { versions: { schema: { openAPIV3Schema: { properties: { spec: JsonObject } } } }[] };
    };
    const schema = broken.spec.versions[0]?.schema.openAPIV3Schema.properties.spec ?? {};
    schema['x-kubernetes-validations'] = [{ rule: 'self.size >' }];
    (schema['properties'] as JsonObject)['untyped'] = {};
    const { code, body } = await call('POST', DEFINITIONS, {
      ...broken,
      metadata: { name: 'other.example.org' },
    });

    expect(code).toBe(422);
    expect(body.message).toContain(
      'metadata.name: Invalid value: "other.example.org": must be spec.names.plural+"."+spec.group',
    );
    expect(body.message).toContain('compilation failed');
    expect(body.message).toContain('properties[untyped].type: Required value');
  });

  it('should go with their definition', async () => {
    await call('DELETE', `${DEFINITIONS}/widgets.example.org`);
    await waitFor(
      'the definition to be gone',
      () => server.objects.list('CustomResourceDefinition').length === 0,
    );

    expect((await call('GET', WIDGETS)).code).toBe(404);
  });
});
