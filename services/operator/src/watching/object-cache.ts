import { formatKey, keyOf, type KubeObject, type ObjectKey } from '../cluster/kube-object.ts';

/** What an object was and is; `before` is undefined for a new one, `after` for one that is gone. */
export interface Change<T> {
  readonly before: T | undefined;
  readonly after: T | undefined;
}

/** The objects of one kind as the API server has told them, by namespace. */
export class ObjectCache<T extends KubeObject> {
  readonly #namespaces = new Map<string, Map<string, T>>();

  get(key: ObjectKey): T | undefined {
    return this.#namespaces.get(key.namespace)?.get(key.name);
  }

  /** Those of a namespace, or all. */
  *list(namespace?: string): Generator<T> {
    if (namespace !== undefined) {
      yield* this.#namespaces.get(namespace)?.values() ?? [];
      return;
    }
    for (const objects of this.#namespaces.values()) yield* objects.values();
  }

  get size(): number {
    let size = 0;
    for (const { size: count } of this.#namespaces.values()) size += count;
    return size;
  }

  put(object: T): Change<T> {
    const key = keyOf(object);
    const before = this.get(key);
    let objects = this.#namespaces.get(key.namespace);
    if (objects === undefined) this.#namespaces.set(key.namespace, (objects = new Map()));
    objects.set(key.name, object);
    return { before, after: object };
  }

  remove(key: ObjectKey): Change<T> {
    const objects = this.#namespaces.get(key.namespace);
    const before = objects?.get(key.name);
    objects?.delete(key.name);
    if (objects?.size === 0) this.#namespaces.delete(key.namespace);
    return { before, after: undefined };
  }

  /** Becomes what a list says. @returns what differs from before. */
  replaceAll(objects: readonly T[]): readonly Change<T>[] {
    const there = new Set(objects.map((object) => formatKey(keyOf(object))));
    const gone = [...this.list()].map(keyOf).filter((key) => !there.has(formatKey(key)));
    const changes = [...gone.map((key) => this.remove(key)), ...objects.map((object) => this.put(object))];
    return changes.filter(
      ({ before, after }) => before?.metadata.resourceVersion !== after?.metadata.resourceVersion,
    );
  }
}
