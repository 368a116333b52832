import type { KubeObject } from '../object/kube-object.ts';

/** An object and where it lies. */
export interface Located {
  readonly storageKey: string;
  readonly object: KubeObject;
}

/** Which objects name which as their owner, so that nobody has to look at all objects for it. */
export class DependentIndex {
  readonly #objects = new Map<string, Located>();
  readonly #dependents = new Map<string, Set<string>>();

  set(located: Located): void {
    const uid = located.object.metadata.uid ?? '';
    this.#forget(uid);
    this.#objects.set(uid, located);
    for (const owner of ownersOf(located.object)) {
      const dependents = this.#dependents.get(owner) ?? new Set();
      dependents.add(uid);
      this.#dependents.set(owner, dependents);
    }
  }

  remove({ metadata }: KubeObject): void {
    this.#forget(metadata.uid ?? '');
    this.#objects.delete(metadata.uid ?? '');
  }

  dependentsOf(uid = ''): readonly Located[] {
    return this.find([...(this.#dependents.get(uid) ?? [])]);
  }

  find(uids: readonly string[]): readonly Located[] {
    return uids.flatMap((uid) => this.#objects.get(uid) ?? []);
  }

  #forget(uid: string): void {
    const known = this.#objects.get(uid);
    for (const owner of known === undefined ? [] : ownersOf(known.object)) {
      const dependents = this.#dependents.get(owner);
      dependents?.delete(uid);
      if (dependents?.size === 0) this.#dependents.delete(owner);
    }
  }
}

function ownersOf({ metadata }: KubeObject): readonly string[] {
  return (metadata.ownerReferences ?? []).map(({ uid }) => uid);
}
