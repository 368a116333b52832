import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApiServer, type ApiServer } from '../src/index.ts';
import { caller, CONFIG_MAPS, configMap } from './_support/call.ts';

const RBAC = '/apis/rbac.authorization.k8s.io/v1';
const apiVersion = 'rbac.authorization.k8s.io/v1';

describe('who may do what', () => {
  let server: ApiServer;
  let admin: ReturnType<typeof caller>;
  let robot: ReturnType<typeof caller>;

  beforeAll(async () => {
    server = await startApiServer();
    admin = caller(server);
    robot = caller(server, { namespace: 'default', name: 'robot' });
    await admin('POST', CONFIG_MAPS, configMap('mine'));
    await admin('POST', `${RBAC}/namespaces/default/roles`, {
      apiVersion,
      kind: 'Role',
      metadata: { name: 'reader' },
      rules: [
        { apiGroups: [''], resources: ['configmaps'], verbs: ['get', 'list'] },
        { apiGroups: [''], resources: ['secrets'], resourceNames: ['only'], verbs: ['get'] },
        { apiGroups: ['apps'], resources: ['deployments/status'], verbs: ['patch'] },
        { apiGroups: ['batch'], resources: ['jobs'], verbs: ['patch'] },
      ],
    });
    await admin('POST', `${RBAC}/namespaces/default/rolebindings`, {
      apiVersion,
      kind: 'RoleBinding',
      metadata: { name: 'robot-reads' },
      subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }],
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
    });
  });

  afterAll(() => server.stop());

  it('should be what a bound role says, and no more', async () => {
    const codes = [
      await robot('GET', `${CONFIG_MAPS}/mine`),
      await robot('GET', CONFIG_MAPS),
      await robot('DELETE', `${CONFIG_MAPS}/mine`),
      await robot('GET', '/api/v1/configmaps'),
      await robot('GET', '/api/v1/namespaces/kube-system/configmaps'),
    ].map(({ code }) => code);

    expect(codes).toEqual([200, 200, 403, 403, 403]);
  });

  it.each([
    [
      'POST',
      CONFIG_MAPS,
      'configmaps is forbidden: User "system:serviceaccount:default:robot" cannot create resource "configmaps" in ' +
        'API group "" in the namespace "default"',
    ],
    [
      'DELETE',
      '/apis/apps/v1/namespaces/default/deployments/web',
      'deployments.apps "web" is forbidden: User "system:serviceaccount:default:robot" cannot delete resource ' +
        '"deployments" in API group "apps" in the namespace "default"',
    ],
    [
      'GET',
      '/api/v1/namespaces',
      'namespaces is forbidden: User "system:serviceaccount:default:robot" cannot list resource "namespaces" in ' +
        'API group "" at the cluster scope',
    ],
  ])('should be refused in the words of the real server: %s %s', async (method, path, message) => {
    const { code, body } = await robot(method, path, method === 'POST' ? configMap('x') : undefined);

    expect([code, body.reason, body.message]).toEqual([403, 'Forbidden', message]);
  });

  it('should hold to names and subresources', async () => {
    const secrets = '/api/v1/namespaces/default/secrets';
    const deployments = '/apis/apps/v1/namespaces/default/deployments';
    const merge = 'application/merge-patch+json';
    const codes = [
      await robot('GET', `${secrets}/only`),
      await robot('GET', `${secrets}/other`),
      await robot('PATCH', `${deployments}/web/status`, {}, merge),
      await robot('PATCH', `${deployments}/web`, {}, merge),
    ].map(({ code }) => code);

    expect(codes).toEqual([404, 403, 404, 403]);
  });

  it('should take the right to create for an apply that creates', async () => {
    const { code, body } = await robot(
      'PATCH',
      '/apis/batch/v1/namespaces/default/jobs/new?fieldManager=robot',
      { apiVersion: 'batch/v1', kind: 'Job', metadata: { name: 'new' } },
      'application/apply-patch+yaml',
    );

    expect([code, body.message]).toEqual([
      403,
      'jobs.batch "new" is forbidden: User "system:serviceaccount:default:robot" cannot create resource "jobs" in API ' +
        'group "batch" in the namespace "default"',
    ]);
  });

  it('should let everybody who is known see what there is, and nobody else', async () => {
    const get = (path: string, authorization?: string): Promise<Response> =>
      fetch(server.url + path, authorization === undefined ? {} : { headers: { authorization } });
    const codes = [
      await robot('GET', '/apis'),
      await get('/apis'),
      await get('/version'),
      await get(CONFIG_MAPS),
      await get(CONFIG_MAPS, 'Bearer wrong'),
    ].map((answer) => ('code' in answer ? answer.code : answer.status));

    expect(codes).toEqual([200, 403, 200, 403, 401]);
  });

  it('should be noted, with who asked', async () => {
    server.requests.clear();
    await robot('DELETE', `${CONFIG_MAPS}/mine`);

    expect(server.requests.all()).toMatchObject([
      {
        verb: 'delete',
        resource: 'configmaps',
        name: 'mine',
        username: 'system:serviceaccount:default:robot',
        status: 403,
        isChange: false,
      },
    ]);
  });
});
