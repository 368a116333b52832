import { ClusterError } from '../../src/cluster/cluster-error.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';

/** One lease, as an API server would keep it, for tests that turn the clock. */
export interface LeaseTable {
  readonly cluster: Pick<Cluster, 'get' | 'create' | 'replace'>;
  readonly holder: () => string | undefined;
  /** While it is away every request fails. */
  isAway: boolean;
  /** The next writes are carried out, and their answers are lost. */
  lostAnswers: number;
  /** The next requests are never answered: only their signal ends them. */
  hangs: number;
}

export function createLeaseTable(): LeaseTable {
  let kept: KubeObject | undefined;
  let version = 0;
  const table: LeaseTable = {
    isAway: false,
    lostAnswers: 0,
    hangs: 0,
    holder: () => (kept as { spec?: { holderIdentity?: string } } | undefined)?.spec?.holderIdentity,
    cluster: {
      get: async (_, _key, signal) => {
        await answer(signal);
        if (kept === undefined) throw new ClusterError('not_found', 'there is none');
        return kept;
      },
      create: async (_, object, signal) => {
        await answer(signal);
        if (kept !== undefined) throw new ClusterError('already_exists', 'there is one');
        return write(object);
      },
      replace: async (_, object, signal) => {
        await answer(signal);
        if (object.metadata.resourceVersion !== kept?.metadata.resourceVersion) {
          throw new ClusterError('conflict', 'it has changed');
        }
        return write(object);
      },
    },
  };

  async function answer(signal: AbortSignal | undefined): Promise<void> {
    if (table.isAway) throw new ClusterError('unavailable', 'nobody answers');
    if (table.hangs === 0) return;
    table.hangs--;
    await new Promise<void>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new ClusterError('unavailable', 'no answer')), {
        once: true,
      });
    });
  }

  function write(object: KubeObject): KubeObject {
    kept = { ...object, metadata: { ...object.metadata, resourceVersion: String(++version) } };
    if (table.lostAnswers > 0) {
      table.lostAnswers--;
      throw new ClusterError('unavailable', 'the answer was lost');
    }
    return kept;
  }
  return table;
}
