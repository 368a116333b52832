import type { KubeObject } from '../../src/cluster/kube-object.ts';

/** Where kinds lie: `apps/v1 Deployment` to the plural, and whether it lies in namespaces. */
const PLURALS: Readonly<Record<string, readonly [plural: string, isNamespaced: boolean]>> = {
  Namespace: ['namespaces', false],
  CustomResourceDefinition: ['customresourcedefinitions', false],
  ClusterRole: ['clusterroles', false],
  ClusterRoleBinding: ['clusterrolebindings', false],
  Role: ['roles', true],
  RoleBinding: ['rolebindings', true],
  ServiceAccount: ['serviceaccounts', true],
  Secret: ['secrets', true],
  Service: ['services', true],
  Pod: ['pods', true],
  ConfigMap: ['configmaps', true],
  Deployment: ['deployments', true],
  StatefulSet: ['statefulsets', true],
  NetworkPolicy: ['networkpolicies', true],
  Job: ['jobs', true],
  Lease: ['leases', true],
  Daywatch: ['daywatches', true],
  ScrapeTarget: ['scrapetargets', true],
  HealthCheck: ['healthchecks', true],
};

/** What a person does with kubectl, in as few words. */
export interface Admin {
  readonly apply: (object: object, options?: { readonly manager?: string }) => Promise<KubeObject>;
  readonly merge: (
    of: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>,
    patch: object,
  ) => Promise<KubeObject>;
  readonly setStatus: (of: KubeObject, status: object) => Promise<KubeObject>;
  readonly remove: (
    of: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>,
    query?: string,
  ) => Promise<void>;
}

/** Sends a request, with a body of that type. @throws Error that says what the API server said */
export type Ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  type?: string,
  body?: object,
) => Promise<KubeObject>;

export function createAdmin({ url, token }: { readonly url: string; readonly token: string }): Admin {
  return createAdminOver(async (method, path, type = 'application/json', body) => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': type },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as KubeObject & { readonly message?: string };
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}: ${answer.message}`);
    return answer;
  });
}

export function createAdminOver(ask: Ask): Admin {
  return {
    apply: (object, { manager = 'tester' } = {}) =>
      ask(
        'PATCH',
        `${pathOf(object as KubeObject)}?fieldManager=${manager}&force=true`,
        'application/apply-patch+yaml',
        object,
      ),
    merge: (of, patch) =>
      ask('PATCH', `${pathOf(of)}?fieldManager=somebody`, 'application/merge-patch+json', patch),
    setStatus: (of, status) =>
      ask('PATCH', `${pathOf(of)}/status?fieldManager=somebody`, 'application/merge-patch+json', { status }),
    remove: async (of, query = '') => void (await ask('DELETE', `${pathOf(of)}${query}`, 'application/json')),
  };
}

export function pathOf({
  apiVersion,
  kind,
  metadata,
}: Pick<KubeObject, 'apiVersion' | 'kind' | 'metadata'>): string {
  const [plural, isNamespaced] = PLURALS[kind] ?? [];
  if (plural === undefined) throw new TypeError(`the tests do not know where ${kind} lies`);
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = isNamespaced === true ? `/namespaces/${metadata.namespace ?? 'default'}` : '';
  return `${root}${scope}/${plural}/${metadata.name}`;
}
