import type { ClusterError } from '../../src/cluster/cluster-error.ts';
import type { KubeObject, ObjectKey } from '../../src/cluster/kube-object.ts';
import type { ResourceName } from '../../src/cluster/resources.ts';
import type { Informer } from '../../src/watching/informer.ts';
import { ObjectCache, type Change } from '../../src/watching/object-cache.ts';

/** Knows what it is told by hand, and tells its listeners. */
export interface HandInformer<T extends KubeObject> extends Informer<T> {
  readonly put: (object: T) => void;
  readonly remove: (key: ObjectKey) => void;
  readonly fail: (trouble: ClusterError | undefined) => void;
}

export function createHandInformer<T extends KubeObject>(resource: ResourceName): HandInformer<T> {
  const cache = new ObjectCache<T>();
  const listeners: ((change: Change<T>) => void)[] = [];
  const troubleListeners: (() => void)[] = [];
  let trouble: ClusterError | undefined;
  const tell = (change: Change<T>): void => listeners.forEach((listener) => listener(change));
  return {
    resource,
    get: (key) => cache.get(key),
    list: (namespace) => cache.list(namespace),
    size: () => cache.size,
    onChange: (listener) => listeners.push(listener),
    onTroubleChange: (listener) => troubleListeners.push(listener),
    hasSynced: () => true,
    trouble: () => trouble,
    silentMs: () => 0,
    counts: { restarts: 0, lists: 1, events: 0 },
    run: () => Promise.resolve(),
    put: (object) => tell(cache.put(object)),
    remove: (key) => tell(cache.remove(key)),
    fail: (failure) => {
      trouble = failure;
      troubleListeners.forEach((listener) => listener());
    },
  };
}
