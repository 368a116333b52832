import type { Cluster } from '../cluster/cluster.ts';
import { ClusterError } from '../cluster/cluster-error.ts';
import type { Mandate } from './lead.ts';

/** A cluster that takes writes only while the mandate holds, and breaks off those in flight when it ends. */
export function guardWrites(cluster: Cluster, mandate: Mandate): Cluster {
  function check(signal: AbortSignal | undefined): AbortSignal {
    if (!mandate.isValid()) throw new ClusterError('unavailable', 'this operator does not lead any more');
    return signal === undefined ? mandate.signal : AbortSignal.any([signal, mandate.signal]);
  }
  return {
    list: async (resource, options, signal) => cluster.list(resource, options, signal),
    watch: (resource, options) => cluster.watch(resource, options),
    get: async (resource, key, signal) => cluster.get(resource, key, signal),
    create: async (resource, object, signal) => cluster.create(resource, object, check(signal)),
    replace: async (resource, object, signal) => cluster.replace(resource, object, check(signal)),
    apply: async (resource, object, options) =>
      cluster.apply(resource, object, { ...options, signal: check(options?.signal) }),
    merge: async (resource, key, patch, signal) => cluster.merge(resource, key, patch, check(signal)),
    delete: async (resource, object, options) =>
      cluster.delete(resource, object, { ...options, signal: check(options?.signal) }),
  };
}
