import type { ApiState } from './api-state.ts';
import type { KubeObject } from './object/kube-object.ts';
import { storageKeyOf } from './resource/resource-type.ts';
import { parseLabelSelector } from './selector/label-selector.ts';

/** What lies in the server, read past its API, for assertions. Kinds are named as `Pod`, `pods` or `jobs.batch`. */
export interface ServerObjects {
  /** Undefined where there is none. The namespace is undefined for kinds that lie in none. */
  get(kind: string, namespace: string | undefined, name: string): KubeObject | undefined;
  list(
    kind: string,
    options?: { readonly namespace?: string; readonly labelSelector?: string },
  ): readonly KubeObject[];
  /** The revision of the last write: it stays the same where nothing is written. */
  readonly revision: number;
}

export function createObjects({ store, registry }: ApiState): ServerObjects {
  return {
    get: (kind, namespace, name) => store.get(storageKeyOf(registry.named(kind)), namespace, name),
    list: (kind, { namespace, labelSelector = '' } = {}) => {
      const isSelected = parseLabelSelector(labelSelector);
      return store
        .list(storageKeyOf(registry.named(kind)), namespace)
        .filter(({ metadata }) => isSelected(metadata.labels));
    },
    get revision() {
      return store.revision;
    },
  };
}
