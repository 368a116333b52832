import { randomBytes, randomUUID } from 'node:crypto';
import { DEFINITIONS, type Condition } from '@daywatch/installation';
import { createSystemClock } from '@daywatch/monitor/system';
import { createOperator, FIELD_MANAGER, type Operator } from '@daywatch/operator';
import { openCluster } from '@daywatch/operator/kubernetes';
import { createRestapiReader } from '@daywatch/operator/restapi';
import { silentLog } from '@daywatch/service-kit/log';
import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import { KubeConfig } from '@kubernetes/client-node';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import type { Cluster } from '../../src/cluster/cluster.ts';
import { describeRbac } from '../../src/manifests/describe-rbac.ts';
import { createAdmin, type Admin } from './admin.ts';
import { fastConfig } from './fast-config.ts';
import { startStubMonitor, type StubMonitor } from './stub-monitor.ts';

const OPERATOR_NAMESPACE = 'daywatch-operator';
export const OPERATOR_ACCOUNT = { namespace: OPERATOR_NAMESPACE, name: 'daywatch-operator' } as const;

const LEASE = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { namespace: OPERATOR_NAMESPACE, name: 'daywatch-operator' },
} as const;

/** An operator that runs within the test. */
export interface RunningOperator extends AsyncDisposable {
  readonly operator: Operator;
  /** As `kill -9` does: nothing is finished and nothing is given back. */
  readonly kill: () => void;
  readonly stop: () => Promise<void>;
}

/** Told of a write that has been carried out, as `apply deployments daywatch-restapi`. */
type OnWrite = (write: string) => void;

/** A cluster with the custom resources and the rights of the operator, and a monitor for every installation. */
export interface House extends AsyncDisposable {
  readonly server: ApiServer;
  readonly admin: Admin;
  readonly monitor: StubMonitor;
  readonly startOperator: (
    overrides?: Readonly<Record<string, object>>,
    onWrite?: OnWrite,
  ) => RunningOperator;
  /** As if the lease of an operator that is dead had run out. */
  readonly endLease: () => Promise<void>;
  readonly stopOperators: () => Promise<void>;
  readonly isAnyLeading: () => boolean;
  /** Has a new operator look at everything, and fails when that writes anything. */
  readonly expectQuiet: () => Promise<void>;
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
  const stopAll = async (): Promise<void> => {
    await Promise.all([...running].map((each) => each.stop()));
    running.clear();
  };
  resources.defer(stopAll);
  const start: House['startOperator'] = (overrides = {}, onWrite) => {
    const started = startOperator(server, { monitor: { url: monitor.url }, ...overrides }, onWrite);
    running.add(started);
    return started;
  };
  return {
    server,
    admin,
    monitor,
    startOperator: start,
    endLease: () => admin.remove({ ...LEASE }),
    stopOperators: stopAll,
    isAnyLeading: () => [...running].some(({ operator }) => operator.isLeading()),
    async expectQuiet() {
      await stopAll();
      const before = writesOf(server);
      const fresh = start();
      const objects = ['Daywatch', 'ScrapeTarget', 'HealthCheck'].flatMap((kind) =>
        server.objects.list(kind),
      );
      await waitFor(
        'everything to be looked at',
        async () => (await countDone(fresh.operator)) >= objects.length,
      );
      const written = writesOf(server).slice(before.length);
      if (written.length > 0) throw new Error(`nothing should be written, but: ${written.join('; ')}`);
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

/** Everything that the operator has written but its lease. */
function writesOf({ requests }: ApiServer): readonly string[] {
  return requests
    .writes(`system:serviceaccount:${OPERATOR_ACCOUNT.namespace}:${OPERATOR_ACCOUNT.name}`)
    .filter(({ resource }) => resource !== 'leases')
    .map(({ verb, resource, subresource = '', name = '' }) => `${verb} ${resource} ${name} ${subresource}`);
}

/** How many objects have been looked at, and are as they should be. */
async function countDone({ registry }: Operator): Promise<number> {
  const metric = (await registry.getMetricsAsJSON()).find(({ name }) => name === 'operator_reconciles_total');
  const values = (metric?.values ?? []) as readonly {
    readonly labels: { readonly result?: string };
    readonly value: number;
  }[];
  return values.filter(({ labels }) => labels.result === 'done').reduce((sum, { value }) => sum + value, 0);
}

/** Calls back after each write but those of leases and events, before its answer is heard of. */
function tapWrites(cluster: Cluster, onWrite: OnWrite): Cluster {
  const tap = async <T>(what: string, resource: string, name: string, writing: Promise<T>): Promise<T> => {
    const answer = await writing;
    if (resource !== 'leases' && resource !== 'events') onWrite(`${what} ${resource} ${name}`);
    return answer;
  };
  return {
    list: async (...args) => cluster.list(...args),
    watch: (...args) => cluster.watch(...args),
    get: async (...args) => cluster.get(...args),
    create: async (...args) => tap('create', args[0], args[1].metadata.name, cluster.create(...args)),
    replace: async (...args) => tap('replace', args[0], args[1].metadata.name, cluster.replace(...args)),
    apply: async (...args) => tap('apply', args[0], args[1].metadata.name, cluster.apply(...args)),
    merge: async (...args) => tap('merge', args[0], args[1].name, cluster.merge(...args)),
    delete: async (...args) => tap('delete', args[0], args[1].metadata.name, cluster.delete(...args)),
  };
}

function startOperator(
  server: ApiServer,
  overrides: Readonly<Record<string, object>>,
  onWrite: OnWrite | undefined,
): RunningOperator {
  const config = fastConfig(overrides);
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromString(server.kubeconfig(OPERATOR_ACCOUNT));
  const cluster = openCluster({ config: kubeConfig, fieldManager: FIELD_MANAGER, requestTimeoutMs: 2000 });
  const operator = createOperator({
    config,
    cluster: onWrite === undefined ? cluster : tapWrites(cluster, onWrite),
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
