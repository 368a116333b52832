import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasKubectl } from '../../../tests/_support/kubectl.ts';
import { openKubectl, type Kubectl } from './_support/run-kubectl.ts';

const DEFINITION = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: 'boats.example.org' },
  spec: {
    group: 'example.org',
    scope: 'Namespaced',
    names: { kind: 'Boat', plural: 'boats', singular: 'boat' },
    versions: [
      {
        name: 'v1',
        served: true,
        storage: true,
        schema: {
          openAPIV3Schema: {
            type: 'object',
            description: 'What floats.',
            properties: {
              spec: {
                type: 'object',
                required: ['mast'],
                properties: {
                  mast: { type: 'integer', description: 'How high it is, in metres.' },
                  crew: {
                    type: 'array',
                    items: { type: 'object', properties: { name: { type: 'string', description: 'Who.' } } },
                  },
                  flags: { type: 'object', additionalProperties: { type: 'string' } },
                },
              },
            },
          },
        },
      },
    ],
  },
};

describe.skipIf(!hasKubectl())('what kubectl is told of the kinds that there are', () => {
  let server: ApiServer;
  let kubectl: Kubectl;

  beforeAll(async () => {
    server = await startApiServer({ isSecure: true });
    kubectl = await openKubectl(server);
    await kubectl.run('apply', '--filename', await kubectl.write('definition.json', DEFINITION));
    await kubectl.run('wait', '--for=condition=Established', 'crd/boats.example.org', '--timeout=10s');
  });
  afterAll(async () => {
    await kubectl?.[Symbol.asyncDispose]();
    await server?.[Symbol.asyncDispose]();
  });

  it('should let it explain a kind and its fields, to any depth', async () => {
    const said = await kubectl.run('explain', 'boat');
    expect(said).toMatch(/KIND: +Boat\n/);
    expect(said).toContain('What floats.');
    expect(await kubectl.run('explain', 'boat.spec')).toMatch(/mast\s+<integer> -required-\s+How high it is/);
    expect(await kubectl.run('explain', 'boat.spec.crew.name')).toContain('Who.');
    expect(await kubectl.run('explain', 'boat.spec.flags')).toContain('map[string]');
  });

  it('should let it refuse a field that there is not, and a value of another type', async () => {
    const boat = (spec: object) => ({
      apiVersion: 'example.org/v1',
      kind: 'Boat',
      metadata: { name: 'a' },
      spec,
    });
    const apply = async (spec: object) =>
      kubectl.run('apply', '--filename', await kubectl.write('boat.json', boat(spec)));

    await expect(apply({ mast: 9, sails: 3 })).rejects.toThrow(/unknown field "?(spec\.)?sails/);
    await expect(apply({ mast: 'high' })).rejects.toThrow(/mast/);
    expect(await apply({ mast: 9 })).toContain('created');
  });

  it('should let an administrator be somebody else, and nobody else', async () => {
    const robot = '--as=system:serviceaccount:default:robot';
    await expect(kubectl.run('get', 'boats', robot)).rejects.toThrow(
      'User "system:serviceaccount:default:robot" cannot list resource "boats"',
    );
    const token = `--token=${server.token({ namespace: 'default', name: 'robot' })}`;
    await expect(kubectl.run('get', 'boats', token, '--as=kubernetes-admin')).rejects.toThrow(
      'cannot impersonate "kubernetes-admin"',
    );
  });

  it('should let it create a Namespace and a Secret, which it does not send as JSON', async () => {
    await kubectl.run('create', 'namespace', 'safe');
    await kubectl.run(
      'create',
      'secret',
      'generic',
      'keys',
      '--from-literal=one=first',
      '--from-literal=two=2',
      '--namespace=safe',
    );

    expect(server.objects.get('Secret', 'safe', 'keys')).toMatchObject({
      type: 'Opaque',
      data: { one: Buffer.from('first').toString('base64'), two: Buffer.from('2').toString('base64') },
    });
  });

  it('should know nobody without a token, and be trusted by its certificate alone', async () => {
    await expect(kubectl.run('get', 'boats', '--token=no-token')).rejects.toThrow(/Unauthorized|logged in/);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow('fetch failed');
  });
});
