import type { Cluster } from '../../src/cluster/cluster.ts';

/** Told of a write, as `apply deployments daywatch-restapi`. */
export type OnWrite = (write: string) => void;

export interface Taps {
  /** Before it is sent. */
  readonly onAttempt: OnWrite;
  /** When it was carried out, before its answer is heard of. Events are help for people, and no steps. */
  readonly onWrite: OnWrite;
}

/** Calls back about all writes but those of leases, which are written all the time. */
export function tapWrites(cluster: Cluster, { onAttempt, onWrite }: Taps): Cluster {
  const tap = async <T>(
    verb: string,
    resource: string,
    { name }: { readonly name: string },
    write: () => Promise<T>,
  ): Promise<T> => {
    if (resource === 'leases') return write();
    const what = `${verb} ${resource} ${name}`;
    onAttempt(what);
    const answer = await write();
    if (resource !== 'events') onWrite(what);
    return answer;
  };
  return {
    list: (...args) => cluster.list(...args),
    watch: (...args) => cluster.watch(...args),
    get: (...args) => cluster.get(...args),
    create: (...args) => tap('create', args[0], args[1].metadata, () => cluster.create(...args)),
    replace: (...args) => tap('replace', args[0], args[1].metadata, () => cluster.replace(...args)),
    apply: (...args) => tap('apply', args[0], args[1].metadata, () => cluster.apply(...args)),
    merge: (...args) => tap('merge', args[0], args[1], () => cluster.merge(...args)),
    delete: (...args) => tap('delete', args[0], args[1].metadata, () => cluster.delete(...args)),
  };
}
