import { randomBytes } from 'node:crypto';
import { KubeConfig } from '@kubernetes/client-node';
import { waitFor } from '../../../../tests/_support/wait-for.ts';
import { describeRbac } from '../../src/manifests/describe-rbac.ts';
import type { KubeObject } from '../../src/cluster/kube-object.ts';
import { createAdminOver, pathOf, type Admin } from '../../tests/_support/admin.ts';
import { runOperator, type RunningOperator } from '../../tests/_support/run-operator.ts';
import { startStubMonitor, type StubMonitor } from '../../tests/_support/stub-monitor.ts';
import { openClient } from './ask-cluster.ts';
import { Mirror } from './mirror.ts';
import type { Pace } from './pace.ts';

const ACCOUNT = 'daywatch-operator';
/** By this, what a run has left that was killed can be found and removed. */
const LABELS = { 'daywatch.dev/end-to-end': 'true' } as const;

/** Where one scenario plays: a namespace of a cluster, of which nothing is known but a kubeconfig. */
export interface Stage extends AsyncDisposable {
  readonly namespace: string;
  readonly admin: Admin;
  readonly mirror: Mirror;
  /** Stands where the restapi of an installation would be, which cannot be reached from outside of a cluster. */
  readonly monitor: StubMonitor;
  readonly startOperator: () => RunningOperator;
  readonly stopOperators: () => Promise<void>;
}

/** Makes namespaces and the rights of the operator, whose account the operator then uses. */
export async function openStage(config: KubeConfig, pace: Pace): Promise<Stage> {
  const resources = new AsyncDisposableStack();
  const client = resources.use(openClient(config));
  const admin = createAdminOver(client.ask);
  const namespace = `daywatch-e2e-${randomBytes(4).toString('hex')}`;
  const home = `${namespace}-operator`;

  const remove = async (object: KubeObject): Promise<void> => {
    await admin.remove(object).catch(() => undefined);
    const isGone = async (): Promise<boolean> => (await client.find(pathOf(object))) === undefined;
    await waitFor(`${object.kind} ${object.metadata.name} to be gone`, isGone, pace.deadlineMs, pace.pollMs);
  };
  const make = async (object: object): Promise<void> => {
    resources.defer(() => remove(object as KubeObject));
    await admin.apply(object);
  };
  await make(describeNamespace(home));
  for (const object of describeRbac(home) as readonly KubeObject[]) await make(nameAfter(object, home));
  // In this order: what the namespace holds needs an operator to let it go, and that needs its rights.
  const running = new Set<RunningOperator>();
  const stopOperators = async (): Promise<void> => {
    await Promise.all([...running].map((each) => each[Symbol.asyncDispose]()));
    running.clear();
  };
  resources.defer(stopOperators);
  const monitor = resources.use(await startStubMonitor());
  const startOperator = (): RunningOperator => {
    const started = runOperator(
      impersonate(config, `system:serviceaccount:${home}:${ACCOUNT}`),
      pace.configure({
        kubernetes: { namespace },
        leader: { namespace: home },
        monitor: { url: monitor.url },
      }),
    );
    running.add(started);
    return started;
  };
  await make(describeNamespace(namespace));
  resources.defer(() => {
    if (running.size === 0) startOperator();
  });
  const mirror = resources.use(new Mirror(client.connection, namespace));
  await mirror.start();
  return {
    namespace,
    admin,
    mirror,
    monitor,
    startOperator,
    stopOperators,
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

function describeNamespace(name: string): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: LABELS } };
}

/** What lies in no namespace gets a name of its own, so that scenarios do not share it with each other or with anybody. */
function nameAfter(object: KubeObject, name: string): KubeObject {
  if (object.metadata.namespace !== undefined) return object;
  const renamed = { ...object, metadata: { ...object.metadata, name, labels: LABELS } };
  return 'roleRef' in object
    ? ({ ...renamed, roleRef: { ...(object.roleRef as object), name } } as KubeObject)
    : renamed;
}

/** As `kubectl --as` does it: the operator may do what its account may, whoever runs it. */
function impersonate(config: KubeConfig, user: string): KubeConfig {
  const other = new KubeConfig();
  other.loadFromOptions({
    clusters: config.clusters,
    contexts: config.contexts,
    currentContext: config.currentContext,
    users: config.users.map((each) => ({ ...each, impersonateUser: user })),
  });
  return other;
}
