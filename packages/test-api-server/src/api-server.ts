import type { ApiState, Clock } from './api-state.ts';
import { FaultPlan } from './faults/faults.ts';
import { TokenBook } from './http/authenticate.ts';
import { Listener } from './http/listener.ts';
import { answerRequest } from './http/request-handler.ts';
import { WatchHub } from './http/watch-hub.ts';
import { toKubeconfig } from './kubeconfig.ts';
import type { ServiceAccountRef, User } from './rbac/user.ts';
import { RequestLog } from './request/request-log.ts';
import { ResourceRegistry } from './resource/resource-registry.ts';
import { createFaults, type ServerFaults } from './server-faults.ts';
import { createObjects, type ServerObjects } from './server-objects.ts';
import { ObjectStore } from './store/object-store.ts';
import { startDefinitions } from './definition/definition-controller.ts';
import { createFirstObjects } from './first-objects.ts';
import { startGarbageCollector } from './garbage/garbage-collector.ts';
import { startNamespaces } from './namespace/namespace-controller.ts';
import { startWorkloads } from './workload/start-workloads.ts';
import { createWorkloads, type Workloads } from './workload/workload-settings.ts';

export interface ApiServerOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly clock?: Clock;
  /** How long a watch lasts that does not say it; 30 minutes by default. */
  readonly defaultWatchTimeoutMs?: number;
  /** How often watches that allow bookmarks get one; 10 seconds by default. */
  readonly bookmarkIntervalMs?: number;
}

/** A running server. It owns its port, its timers and its objects until it is stopped. */
export interface ApiServer {
  readonly url: string;
  readonly port: number;
  /** A token of the administrator, or of whom it is asked for. */
  token(who?: ServiceAccountRef | User): string;
  /** The text of a kubeconfig with a new token; of the administrator where nobody is named. */
  kubeconfig(who?: ServiceAccountRef | User, namespace?: string): string;
  /** As `kubeconfig`, over TLS at the same port: kubectl sends no token without. */
  secureKubeconfig(who?: ServiceAccountRef | User, namespace?: string): string;
  readonly objects: ServerObjects;
  readonly requests: RequestLog;
  readonly faults: ServerFaults;
  /** How Deployments, StatefulSets and Jobs come out. */
  readonly workloads: Workloads;
  /** How many watches are open now. */
  readonly openWatches: number;
  stop(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts an empty cluster, with the namespaces that every cluster has. @throws Error when the port is taken */
export async function startApiServer(options: ApiServerOptions = {}): Promise<ApiServer> {
  const { port = 0, clock = Date, defaultWatchTimeoutMs = 1_800_000, bookmarkIntervalMs = 10_000 } = options;
  const store = new ObjectStore();
  const registry = new ResourceRegistry();
  const state: ApiState = { store, registry, clock };
  const workloads = createWorkloads();
  const controllers = [
    startDefinitions(state),
    startNamespaces(state),
    startGarbageCollector(state),
    startWorkloads(state, workloads),
  ];
  createFirstObjects(state);

  const tokens = new TokenBook();
  const plan = new FaultPlan();
  const log = new RequestLog();
  const watches = new WatchHub(state, { defaultTimeoutMs: defaultWatchTimeoutMs, bookmarkIntervalMs });
  const listener = new Listener(port, (request, response) =>
    answerRequest({ state, tokens, plan, log, watches }, request, response),
  );
  await listener.open();

  const url = `http://127.0.0.1:${listener.port}`;
  const stop = async (): Promise<void> => {
    for (const stopController of controllers) stopController();
    await listener.close();
  };
  return {
    url,
    port: listener.port,
    token: (who) => tokens.issue(who),
    kubeconfig: (who, namespace) => toKubeconfig({ url, token: tokens.issue(who), namespace }),
    secureKubeconfig: (who, namespace) =>
      toKubeconfig({ url: url.replace('http:', 'https:'), token: tokens.issue(who), namespace }),
    objects: createObjects(state),
    requests: log,
    faults: createFaults({ plan, watches, listener, store }),
    workloads,
    get openWatches() {
      return watches.size;
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
