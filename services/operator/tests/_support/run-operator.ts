import { randomBytes, randomUUID } from 'node:crypto';
import { createSystemClock } from '@daywatch/monitor/system';
import { createOperator, FIELD_MANAGER, type Operator, type OperatorConfig } from '@daywatch/operator';
import { openCluster } from '@daywatch/operator/kubernetes';
import { createRestapiReader } from '@daywatch/operator/restapi';
import { silentLog } from '@daywatch/service-kit/log';
import type { KubeConfig } from '@kubernetes/client-node';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { tapWrites, type OnWrite } from './tap-writes.ts';

/** An operator in this process, outside of the cluster. */
export interface RunningOperator extends AsyncDisposable {
  readonly operator: Operator;
  /** What it has written or tried to, but its lease: `apply deployments daywatch-restapi`. */
  readonly writes: readonly string[];
  /** As `kill -9` does: nothing is finished and nothing is given back. */
  readonly kill: () => void;
}

/** @param onWrite told of each write that was carried out but those of leases and events, before the operator is */
export function runOperator(
  kubeConfig: KubeConfig,
  config: OperatorConfig,
  onWrite: OnWrite = () => undefined,
): RunningOperator {
  const writes: string[] = [];
  const cluster = openCluster({
    config: kubeConfig,
    fieldManager: FIELD_MANAGER,
    requestTimeoutMs: config.kubernetes.request_timeout,
  });
  const operator = createOperator({
    config,
    cluster: tapWrites(cluster, { onAttempt: (write) => writes.push(write), onWrite }),
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
    kill() {
      void cluster[Symbol.asyncDispose]();
      stopping.abort();
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await Promise.all([watching, working]);
      await cluster[Symbol.asyncDispose]();
    },
  };
}
