import { randomBytes, randomUUID } from 'node:crypto';
import { createSystemClock } from '@daywatch/monitor/system';
import { createOperator, FIELD_MANAGER, type Operator, type OperatorConfig } from '@daywatch/operator';
import { openCluster } from '@daywatch/operator/kubernetes';
import { createRestapiReader } from '@daywatch/operator/restapi';
import { silentLog } from '@daywatch/service-kit/log';
import type { KubeConfig } from '@kubernetes/client-node';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { waitFor } from '../../../../tests/_support/wait-for.ts';

/** An operator in this process, outside of the cluster. */
export interface RunningOperator extends AsyncDisposable {
  readonly operator: Operator;
  /** What it has written but its lease, as `apply deployments daywatch-restapi`. */
  readonly writes: readonly string[];
}

export function runOperator(kubeConfig: KubeConfig, config: OperatorConfig): RunningOperator {
  const writes: string[] = [];
  const cluster = openCluster({
    config: kubeConfig,
    fieldManager: FIELD_MANAGER,
    requestTimeoutMs: config.kubernetes.request_timeout,
  });
  const operator = createOperator({
    config,
    cluster: noteWrites(cluster, (write) => writes.push(write)),
    monitor: createRestapiReader(config.monitor.url),
    identity: randomUUID(),
    clock: createSystemClock(),
    random: Math.random,
    randomText: () => randomBytes(24).toString('hex'),
    logger: silentLog().logger,
  });
  const stopping = new AbortController();
  const { signal } = stopping;
  const watching = operator.watch(signal);
  const isSynced = (): boolean => {
    if (signal.aborted) return true;
    try {
      operator.checkSynced();
      return true;
    } catch {
      return false;
    }
  };
  const working = waitFor('the operator to know what there is', isSynced).then(() => operator.work(signal));
  return {
    operator,
    writes,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all([watching, working]);
      await cluster[Symbol.asyncDispose]();
    },
  };
}

function noteWrites(cluster: Cluster, note: (write: string) => void): Cluster {
  const tell = (what: string, resource: string, name: string): void => {
    if (resource !== 'leases') note(`${what} ${resource} ${name}`);
  };
  return {
    list: (...args) => cluster.list(...args),
    watch: (...args) => cluster.watch(...args),
    get: (...args) => cluster.get(...args),
    create(...args) {
      tell('create', args[0], args[1].metadata.name);
      return cluster.create(...args);
    },
    replace(...args) {
      tell('replace', args[0], args[1].metadata.name);
      return cluster.replace(...args);
    },
    apply(...args) {
      tell('apply', args[0], args[1].metadata.name);
      return cluster.apply(...args);
    },
    merge(...args) {
      tell('merge', args[0], args[1].name);
      return cluster.merge(...args);
    },
    delete(...args) {
      tell('delete', args[0], args[1].metadata.name);
      return cluster.delete(...args);
    },
  };
}

/** How many objects have been looked at, and are as they should be. */
export async function countDone({ registry }: Operator): Promise<number> {
  const metric = (await registry.getMetricsAsJSON()).find(({ name }) => name === 'operator_reconciles_total');
  const values = (metric?.values ?? []) as readonly {
    readonly labels: { readonly result?: string };
    readonly value: number;
  }[];
  return values.filter(({ labels }) => labels.result === 'done').reduce((sum, { value }) => sum + value, 0);
}
