import type { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, ObjectList, WatchEvent, WatchOptions } from '../../cluster/cluster.ts';
import { ClusterError } from '../../cluster/cluster-error.ts';
import { keyOf, type KubeObject } from '../../cluster/kube-object.ts';
import { apiVersionOf, RESOURCES, type ResourceName } from '../../cluster/resources.ts';
import { assertPermitted } from '../../rbac/permissions.ts';
import { openConnection, type Answer, type Call } from './connection.ts';
import { collectionPath, objectPath } from './paths.ts';
import { readFailure } from './read-failure.ts';
import { readLines } from './read-lines.ts';

export interface ClusterOptions {
  readonly config: KubeConfig;
  /** Who owns the fields that are applied. */
  readonly fieldManager: string;
  /** How long a request may take, in milliseconds; a watch, until its answer begins. */
  readonly requestTimeoutMs?: number;
}

/** So many objects are asked for at once. */
const PAGE = 500;

/** The API of a cluster over HTTP. Disposing of it breaks off what is in flight. */
export function openCluster(options: ClusterOptions): Cluster & AsyncDisposable {
  const { config, fieldManager, requestTimeoutMs = 15_000 } = options;
  const connection = openConnection(config);
  const written = { fieldManager, fieldValidation: 'Strict' } as const;

  async function ask(call: Omit<Call, 'signal'>, signal?: AbortSignal): Promise<unknown> {
    const deadline = AbortSignal.timeout(requestTimeoutMs);
    const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
    const answer = await reach(call, both);
    const text = await answer.body
      .text()
      .catch((error: unknown) => Promise.reject(toUnavailable(error, call)));
    if (answer.status >= 300) throw readFailure(answer.status, text, answer.retryAfterMs);
    try {
      return JSON.parse(text);
    } catch (error) {
      throw toUnavailable(error, call);
    }
  }

  async function reach(call: Omit<Call, 'signal'>, signal: AbortSignal): Promise<Answer> {
    try {
      return await connection.send({ ...call, signal });
    } catch (error) {
      throw toUnavailable(error, call);
    }
  }

  async function askForObject(call: Omit<Call, 'signal'>, signal?: AbortSignal): Promise<KubeObject> {
    return (await ask(call, signal)) as KubeObject;
  }

  async function* watch(resource: ResourceName, options: WatchOptions): AsyncGenerator<WatchEvent> {
    assertPermitted(resource, 'watch');
    const { namespace, labelSelector, resourceVersion, timeoutSeconds, signal } = options;
    const query = { watch: true, allowWatchBookmarks: true, labelSelector, resourceVersion, timeoutSeconds };
    const call = { method: 'GET', path: collectionPath(resource, namespace, query) } as const;
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(new Error('no answer in time')), requestTimeoutMs);
    const answer = await reach(call, AbortSignal.any([signal, late.signal])).finally(() =>
      clearTimeout(timer),
    );
    if (answer.status >= 300) throw readFailure(answer.status, await answer.body.text(), answer.retryAfterMs);
    try {
      // Being answered is news: whoever was refused before knows that it is heard again.
      yield { type: 'BOOKMARK', resourceVersion };
      for await (const line of readLines(answer.body)) yield readEvent(line);
    } catch (error) {
      throw error instanceof ClusterError ? error : toUnavailable(error, call);
    } finally {
      answer.body.destroy();
    }
  }

  return {
    async list(resource, { namespace, labelSelector, keep = (object) => object }, signal) {
      assertPermitted(resource, 'list');
      const items: KubeObject[] = [];
      let next: string | undefined;
      for (;;) {
        const path = collectionPath(resource, namespace, { labelSelector, limit: PAGE, continue: next });
        const page = (await ask({ method: 'GET', path }, signal)) as ListBody;
        items.push(...page.items.map((item) => keep(withType(resource, item))));
        next = page.metadata.continue;
        if (next === undefined || next === '')
          return { items, resourceVersion: page.metadata.resourceVersion };
      }
    },
    watch,
    get: (resource, key, signal) => {
      assertPermitted(resource, 'get');
      return askForObject({ method: 'GET', path: objectPath(resource, key) }, signal);
    },
    create: (resource, object, signal) => {
      assertPermitted(resource, 'create');
      const path = collectionPath(resource, keyOf(object).namespace, written);
      return askForObject({ method: 'POST', path, body: object }, signal);
    },
    replace: (resource, object, signal) => {
      assertPermitted(resource, 'update');
      const path = objectPath(resource, keyOf(object), written);
      return askForObject({ method: 'PUT', path, body: object }, signal);
    },
    apply: (resource, object, { subresource, signal } = {}) => {
      assertPermitted(resource, 'patch', subresource);
      const path = objectPath(resource, keyOf(object), { subresource, ...written, force: true });
      const contentType = 'application/apply-patch+yaml';
      return askForObject({ method: 'PATCH', path, body: object, contentType }, signal);
    },
    merge: (resource, key, patch, signal) => {
      assertPermitted(resource, 'patch');
      const path = objectPath(resource, key, { fieldManager });
      const contentType = 'application/merge-patch+json';
      return askForObject({ method: 'PATCH', path, body: patch, contentType }, signal);
    },
    async delete(resource, object, { propagation = 'Background', signal } = {}) {
      assertPermitted(resource, 'delete');
      const { uid } = object.metadata;
      const body = {
        apiVersion: 'v1',
        kind: 'DeleteOptions',
        propagationPolicy: propagation,
        ...(uid === undefined ? {} : { preconditions: { uid } }),
      };
      await ask({ method: 'DELETE', path: objectPath(resource, keyOf(object)), body }, signal);
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}

interface ListBody {
  readonly metadata: { readonly resourceVersion: string; readonly continue?: string };
  readonly items: ObjectList['items'];
}

/** What stands in a list does not say what it is. */
function withType(resource: ResourceName, item: KubeObject): KubeObject {
  const type = RESOURCES[resource];
  return { ...item, apiVersion: apiVersionOf(type), kind: type.kind };
}

/** @throws ClusterError for what is no event, and for the event that is an error. */
function readEvent(line: string): WatchEvent {
  let event: { readonly type: string; readonly object: KubeObject & { readonly code?: number } };
  try {
    event = JSON.parse(line) as typeof event;
  } catch (error) {
    throw new ClusterError('unavailable', 'a watch brought what is no event', { cause: error });
  }
  const { type, object } = event;
  switch (type) {
    case 'ADDED':
    case 'MODIFIED':
    case 'DELETED':
      return { type, object };
    case 'BOOKMARK':
      return { type, resourceVersion: object.metadata.resourceVersion ?? '' };
    default:
      throw readFailure(object.code ?? 500, object);
  }
}

function toUnavailable(error: unknown, { method, path }: Omit<Call, 'signal'>): ClusterError {
  const why = error instanceof Error ? explain(error) : String(error);
  return new ClusterError('unavailable', `${method} ${path.split('?', 1)[0]}: no answer: ${why}`, {
    cause: error,
  });
}

/** An error about several addresses has no message of its own. */
function explain({ message, name, cause }: Error): string {
  return message !== '' ? message : cause instanceof Error ? cause.message : name;
}
