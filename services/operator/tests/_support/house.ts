import { randomBytes, randomUUID } from 'node:crypto';
import { DEFINITIONS, type Condition } from '@daywatch/installation';
import { createSystemClock } from '@daywatch/monitor/system';
import { createOperator, FIELD_MANAGER, type Operator } from '@daywatch/operator';
import { openCluster } from '@daywatch/operator/kubernetes';
import { createRestapiReader } from '@daywatch/operator/restapi';
import { silentLog } from '@daywatch/service-kit/log';
import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import { KubeConfig } from '@kubernetes/client-node';
import { describeRbac } from '../../src/manifests/describe-rbac.ts';
import { createAdmin, type Admin } from './admin.ts';
import { fastConfig } from './fast-config.ts';
import { startStubMonitor, type StubMonitor } from './stub-monitor.ts';

export const OPERATOR_NAMESPACE = 'daywatch-operator';
export const OPERATOR_ACCOUNT = { namespace: OPERATOR_NAMESPACE, name: 'daywatch-operator' } as const;

/** An operator that runs within the test. */
export interface RunningOperator extends AsyncDisposable {
  readonly operator: Operator;
  /** As `kill -9` does: nothing is finished and nothing is given back. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

/** A cluster with the custom resources and the rights of the operator, and a monitor for every installation. */
export interface House extends AsyncDisposable {
  readonly server: ApiServer;
  readonly admin: Admin;
  readonly monitor: StubMonitor;
  readonly startOperator: (overrides?: Readonly<Record<string, object>>) => RunningOperator;
}

export async function openHouse(): Promise<House> {
  const resources = new AsyncDisposableStack();
  const server = resources.use(await startApiServer({ bookmarkIntervalMs: 500 }));
  const monitor = resources.use(await startStubMonitor());
  const admin = createAdmin({ url: server.url, token: server.token() });
  for (const definition of DEFINITIONS) await admin.apply(definition);
  for (const name of [OPERATOR_NAMESPACE, 'demo']) {
    await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of describeRbac(OPERATOR_NAMESPACE)) await admin.apply(object);
  const running = new Set<RunningOperator>();
  resources.defer(async () => {
    await Promise.all([...running].map((each) => each.stop()));
  });
  return {
    server,
    admin,
    monitor,
    startOperator(overrides = {}) {
      const started = startOperator(server, { monitor: { url: monitor.url }, ...overrides });
      running.add(started);
      return started;
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

function startOperator(server: ApiServer, overrides: Readonly<Record<string, object>>): RunningOperator {
  const config = fastConfig(overrides);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(server.kubeconfig(OPERATOR_ACCOUNT));
  const cluster = openCluster({ config: kubeConfig, fieldManager: FIELD_MANAGER, requestTimeoutMs: 2000 });
  const operator = createOperator({
    config,
    cluster,
    monitor: createRestapiReader(config.monitor.url),
    identity: randomUUID(),
    clock: createSystemClock(),
    random: Math.random,
    randomText: () => randomBytes(24).toString('hex'),
    logger: silentLog().logger,
  });
  const stopping = new AbortController();
  const watching = operator.watch(stopping.signal);
  const working = waitUntilSynced(operator, stopping.signal).then(() => operator.work(stopping.signal));
  const end = async (): Promise<void> => {
    stopping.abort();
    await Promise.all([watching, working]);
    await cluster[Symbol.asyncDispose]();
  };
  return {
    operator,
    kill: () => {
      void cluster[Symbol.asyncDispose]();
      stopping.abort();
    },
    stop: end,
    [Symbol.asyncDispose]: end,
  };
}

async function waitUntilSynced(operator: Operator, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      operator.checkSynced();
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

export function conditionOf(object: unknown, type: string): Condition | undefined {
  const { status } = (object ?? {}) as { readonly status?: { readonly conditions?: readonly Condition[] } };
  return status?.conditions?.find((condition) => condition.type === type);
}
