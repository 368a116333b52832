import { DEFINITIONS, type Condition } from '@daywatch/installation';
import { startApiServer, type ApiServer } from '@daywatch/test-api-server';
import { KubeConfig } from '@kubernetes/client-node';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { describeRbac } from '../../src/manifests/describe-rbac.ts';
import { createAdmin, type Admin } from './admin.ts';
import { fastConfig } from './fast-config.ts';
import { hasSeenAll } from './has-seen-all.ts';
import { runOperator, type RunningOperator } from './run-operator.ts';
import { startStubMonitor, type StubMonitor } from './stub-monitor.ts';
import type { OnWrite } from './tap-writes.ts';

const OPERATOR_NAMESPACE = 'daywatch-operator';
export const OPERATOR_ACCOUNT = { namespace: OPERATOR_NAMESPACE, name: 'daywatch-operator' } as const;

const LEASE = {
  apiVersion: 'coordination.k8s.io/v1',
  kind: 'Lease',
  metadata: { namespace: OPERATOR_NAMESPACE, name: 'daywatch-operator' },
} as const;

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

/** @param only the one namespace that the operator has rights in; by default it has them everywhere. */
export async function openHouse(only?: string): Promise<House> {
  const resources = new AsyncDisposableStack();
  const server = resources.use(await startApiServer({ bookmarkIntervalMs: 500 }));
  const monitor = resources.use(await startStubMonitor());
  const admin = createAdmin({ url: server.url, token: server.token() });
  for (const definition of DEFINITIONS) await admin.apply(definition);
  for (const name of [OPERATOR_NAMESPACE, 'demo']) {
    await admin.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
  }
  for (const object of describeRbac(OPERATOR_NAMESPACE, only)) await admin.apply(object);
  const running = new Set<RunningOperator>();
  const stopAll = async (): Promise<void> => {
    await Promise.all([...running].map((each) => each[Symbol.asyncDispose]()));
    running.clear();
  };
  resources.defer(stopAll);
  const start: House['startOperator'] = (overrides = {}, onWrite) => {
    const kubeConfig = new KubeConfig();
    kubeConfig.loadFromString(server.kubeconfig(OPERATOR_ACCOUNT));
    const config = fastConfig({ monitor: { url: monitor.url }, ...overrides });
    const started = runOperator(kubeConfig, config, onWrite);
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
      const [before, asked] = [writesOf(server), monitor.asked()];
      const fresh = start();
      const count = (...kinds: readonly string[]): number =>
        kinds.flatMap((kind) => server.objects.list(kind)).length;
      const counts = { daywatches: count('Daywatch'), targets: count('ScrapeTarget', 'HealthCheck') };
      await waitFor('everything to be looked at', () => hasSeenAll(fresh.operator, counts, monitor, asked));
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

export function conditionOf(object: unknown, type: string): Condition | undefined {
  const { status } = (object ?? {}) as { readonly status?: { readonly conditions?: readonly Condition[] } };
  return status?.conditions?.find((condition) => condition.type === type);
}
