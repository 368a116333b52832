import type { ApiServer, Json, JsonObject, KubeObject, ServiceAccountRef, User } from '../../src/index.ts';

export interface Reply {
  readonly code: number;
  readonly body: JsonObject & { readonly message?: string; readonly reason?: string };
  readonly object: KubeObject;
}

type Call = (method: string, path: string, body?: Json, contentType?: string) => Promise<Reply>;

/** Plain HTTP, for what a client library would hide: codes, headers and words of an answer. */
export function caller(server: ApiServer, who?: ServiceAccountRef | User): Call {
  const authorization = `Bearer ${server.token(who)}`;
  return async (method, path, body, contentType = 'application/json') => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization, 'content-type': contentType, 'user-agent': 'tests/1' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = (await response.json()) as KubeObject;
    return { code: response.status, body: answer, object: answer };
  };
}

/** Applies with server-side apply, as one manager. */
export function applier(call: Call, manager: string) {
  return (path: string, object: Json, more = '') =>
    call('PATCH', `${path}?fieldManager=${manager}${more}`, object, 'application/apply-patch+yaml');
}

export const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
export const DEPLOYMENTS = '/apis/apps/v1/namespaces/default/deployments';

export function configMap(name: string, data: Readonly<Record<string, string>> = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { ...data } };
}

export function podTemplate(app: string, image: string, more: JsonObject = {}): JsonObject {
  return { metadata: { labels: { app } }, spec: { containers: [{ name: 'main', image }], ...more } };
}

export function deployment(name: string, image: string, replicas = 2): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: { replicas, selector: { matchLabels: { app: name } }, template: podTemplate(name, image) },
  };
}

export function job(name: string, image: string, more: JsonObject = {}): KubeObject {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name },
    spec: { ...more, template: podTemplate(name, image, { restartPolicy: 'Never' }) },
  };
}
