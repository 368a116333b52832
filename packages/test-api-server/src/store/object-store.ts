import type { KubeObject } from '../object/kube-object.ts';
import { keyOfObject, objectKey, type StoreEvent } from './store-event.ts';

/** So many writes are remembered for watches and lists of the past; the oldest are compacted away. */
const MAX_REMEMBERED_EVENTS = 50_000;

type Listener = (event: StoreEvent) => void;

/**
 * All objects, by one revision that every write counts up, and the latest writes, as etcd keeps them. It takes
 * what it is given: what is a proper object is decided before.
 */
export class ObjectStore {
  #revision = 1;
  #compacted = 0;
  #events: StoreEvent[] = [];
  readonly #objects = new Map<string, Map<string, KubeObject>>();
  readonly #listeners = new Set<Listener>();

  get revision(): number {
    return this.#revision;
  }

  /** Nothing is remembered of what was before this revision and at it. */
  get compactedRevision(): number {
    return this.#compacted;
  }

  get(storageKey: string, namespace: string | undefined, name: string): KubeObject | undefined {
    return this.#objects.get(storageKey)?.get(objectKey(namespace, name));
  }

  /** In the order of their keys. */
  list(storageKey: string, namespace?: string): readonly KubeObject[] {
    return select(this.#objects.get(storageKey), namespace);
  }

  /** As it was at a revision; undefined where that is compacted. */
  listAt(
    storageKey: string,
    namespace: string | undefined,
    revision: number,
  ): readonly KubeObject[] | undefined {
    if (revision < this.#compacted) return undefined;
    const past = new Map(this.#objects.get(storageKey));
    for (const event of this.#events.toReversed()) {
      if (event.revision <= revision) break;
      if (event.storageKey !== storageKey) continue;
      const key = keyOfObject(event.object);
      if (event.previous === undefined) past.delete(key);
      else past.set(key, event.previous);
    }
    return select(past, namespace);
  }

  everything(): readonly (readonly [storageKey: string, object: KubeObject])[] {
    return Array.from(this.#objects, ([storageKey, objects]) =>
      Array.from(objects.values(), (object) => [storageKey, object] as const),
    ).flat();
  }

  /** Keeps the object and answers with it as it is kept, with its new `resourceVersion`. */
  put(storageKey: string, object: KubeObject): KubeObject {
    const objects = this.#objects.get(storageKey) ?? new Map<string, KubeObject>();
    this.#objects.set(storageKey, objects);
    const key = keyOfObject(object);
    const previous = objects.get(key);
    const kept = this.#stamp(object);
    objects.set(key, kept);
    this.#tell({
      type: previous === undefined ? 'ADDED' : 'MODIFIED',
      storageKey,
      object: kept,
      ...(previous !== undefined && { previous }),
    });
    return kept;
  }

  remove(storageKey: string, object: KubeObject): KubeObject {
    const objects = this.#objects.get(storageKey);
    const previous = objects?.get(keyOfObject(object));
    if (previous === undefined) return object;
    objects?.delete(keyOfObject(object));
    const last = this.#stamp(object);
    this.#tell({ type: 'DELETED', storageKey, object: last, previous });
    return last;
  }

  /** The writes after a revision; undefined where some of them are compacted. */
  eventsAfter(revision: number): readonly StoreEvent[] | undefined {
    if (revision < this.#compacted) return undefined;
    const first = this.#events.findIndex((event) => event.revision > revision);
    return first === -1 ? [] : this.#events.slice(first);
  }

  /** Forgets all writes up to now: a watch from before gets 410. */
  compact(): void {
    this.#events = [];
    this.#compacted = this.#revision;
  }

  /** Told of every write, in order, before the write returns. @returns a function that ends it */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #stamp(object: KubeObject): KubeObject {
    this.#revision += 1;
    return { ...object, metadata: { ...object.metadata, resourceVersion: String(this.#revision) } };
  }

  #tell(event: Omit<StoreEvent, 'revision'>): void {
    const told = { ...event, revision: this.#revision };
    this.#events.push(told);
    if (this.#events.length > MAX_REMEMBERED_EVENTS) {
      this.#events = this.#events.slice(-MAX_REMEMBERED_EVENTS / 2);
      this.#compacted = (this.#events[0]?.revision ?? this.#revision + 1) - 1;
    }
    for (const listener of this.#listeners) listener(told);
  }
}

function select(objects: Map<string, KubeObject> | undefined, namespace: string | undefined): KubeObject[] {
  const entries = [...(objects ?? [])].filter(
    ([, { metadata }]) => namespace === undefined || metadata.namespace === namespace,
  );
  return entries.sort(([left], [right]) => (left < right ? -1 : 1)).map(([, object]) => object);
}
