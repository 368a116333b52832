import { setTimeout } from 'node:timers/promises';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import type { Connection } from '../../src/adapters/kubernetes/connection.ts';
import { collectionPath } from '../../src/adapters/kubernetes/paths.ts';
import { readLines } from '../../src/adapters/kubernetes/read-lines.ts';
import { apiVersionOf, RESOURCES, type ResourceName } from '../../src/cluster/resources.ts';

/** What scenarios look at. */
const WATCHED: readonly ResourceName[] = [
  'daywatches',
  'scrapetargets',
  'healthchecks',
  'deployments',
  'statefulsets',
  'jobs',
  'services',
  'pods',
  'configmaps',
  'secrets',
  'persistentvolumeclaims',
  'ingresses',
  'networkpolicies',
  'events',
];

/** After a watch that has failed: a server that is away is not asked without end. */
const PAUSE_MS = 50;

type Listener = (object: KubeObject) => void;

interface Body {
  readonly metadata: { readonly resourceVersion: string };
  readonly items: readonly KubeObject[];
}

/**
 * What there is in one namespace, kept by watching: all that a scenario knows of a cluster comes through its API. Every
 * state of an object is heard of, in order, so that nothing that was true for a moment is missed; unless the API server
 * forgets what a watch goes on from, which scenarios that ask for every moment must not order.
 */
export class Mirror implements AsyncDisposable {
  readonly #namespace: string;
  readonly #connection: Connection;
  readonly #objects = new Map<string, KubeObject>();
  readonly #listeners = new Set<Listener>();
  readonly #stopping = new AbortController();
  #running: readonly Promise<void>[] = [];

  constructor(connection: Connection, namespace: string) {
    this.#connection = connection;
    this.#namespace = namespace;
  }

  /** Lists everything; from then on it follows by itself. */
  async start(): Promise<void> {
    const versions = await Promise.all(WATCHED.map((resource) => this.#list(resource)));
    this.#running = WATCHED.map((resource, at) => this.#follow(resource, versions[at] ?? '0'));
  }

  get(kind: string, name: string): KubeObject | undefined {
    return this.#objects.get(`${kind}/${name}`);
  }

  list(kind: string, labels: Readonly<Record<string, string>> = {}): readonly KubeObject[] {
    return [...this.#objects.values()].filter(
      (object) =>
        object.kind === kind &&
        Object.entries(labels).every(([name, value]) => object.metadata.labels?.[name] === value),
    );
  }

  /** Calls back with every further state of every object but its last. */
  listen(listener: Listener): void {
    this.#listeners.add(listener);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    await Promise.all(this.#running);
  }

  async #list(resource: ResourceName): Promise<string> {
    const path = collectionPath(resource, this.#namespace);
    const answer = await this.#connection.send({ method: 'GET', path, signal: this.#stopping.signal });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status}: ${await answer.body.text()}`);
    const { metadata, items } = (await answer.body.json()) as Body;
    const type = RESOURCES[resource];
    const found = items.map((item) => ({ ...item, apiVersion: apiVersionOf(type), kind: type.kind }));
    const names = new Set(found.map((object) => object.metadata.name));
    for (const {
      metadata: { name },
    } of this.list(type.kind))
      if (!names.has(name)) this.#objects.delete(`${type.kind}/${name}`);
    for (const object of found) this.#put(object);
    return metadata.resourceVersion;
  }

  async #follow(resource: ResourceName, from: string): Promise<void> {
    let version = from;
    while (!this.#stopping.signal.aborted) {
      try {
        version = await this.#watch(resource, version);
      } catch {
        if (this.#stopping.signal.aborted) return;
        // Its history has been forgotten, or the server was away: what there is now is asked anew.
        version = await this.#list(resource).catch(() => version);
        await setTimeout(PAUSE_MS, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      }
    }
  }

  /** @returns from where to go on, when the API server has ended the watch */
  async #watch(resource: ResourceName, from: string): Promise<string> {
    const query = { watch: true, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: 240 };
    const path = collectionPath(resource, this.#namespace, query);
    const answer = await this.#connection.send({ method: 'GET', path, signal: this.#stopping.signal });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status}: ${await answer.body.text()}`);
    let version = from;
    for await (const line of readLines(answer.body)) {
      const { type, object } = JSON.parse(line) as { readonly type: string; readonly object: KubeObject };
      if (type === 'ERROR') throw new Error(line);
      version = object.metadata.resourceVersion ?? version;
      if (type === 'DELETED') this.#objects.delete(`${object.kind}/${object.metadata.name}`);
      else if (type !== 'BOOKMARK') this.#put(object);
    }
    return version;
  }

  #put(object: KubeObject): void {
    this.#objects.set(`${object.kind}/${object.metadata.name}`, object);
    for (const listener of this.#listeners) listener(object);
  }
}
