import { addHealthRoutes, createHealth, type Health } from '@daywatch/service-kit/health';
import { addMetricsRoute, createProcessRegistry, type Registry } from '@daywatch/service-kit/metrics';
import type { FastifyInstance, onRequestHookHandler } from 'fastify';
import { hostname } from 'node:os';
import { checkDependency } from './checks/dependency.ts';
import { watchEventLoop } from './checks/event-loop-lag.ts';
import { checkFreeDisk } from './checks/free-disk.ts';
import type { GometrConfig } from './config.ts';

export interface GometrParts {
  /** Aborted when the process stops: health says so at once. */
  readonly signal: AbortSignal;
  /** The metrics of the process, where another part of it has them already. */
  readonly processRegistry?: Registry;
}

/** What is watched. It has no port of its own: `addRoutes` puts it on one. Dispose of it at the end. */
export interface Gometr extends AsyncDisposable {
  readonly health: Health;
  readonly registry: Registry;
  /** Adds `/metrics`, `/health`, `/health/live` and `/health/ready` below a prefix such as `/gometr`. */
  readonly addRoutes: (app: FastifyInstance, options?: GometrRouteOptions) => void;
}

export interface GometrRouteOptions {
  /** By default the root. */
  readonly prefix?: string;
  /** Throws for those who may not read the metrics. */
  readonly guard?: onRequestHookHandler;
}

/** gometr as a part of a process: of its own, or of one that runs everything. */
export function createGometr(config: Pick<GometrConfig, 'health'>, parts: GometrParts): Gometr {
  const registry = parts.processRegistry ?? createProcessRegistry();
  const health = createHealth({ serviceId: hostname(), signal: parts.signal });
  const resources = new AsyncDisposableStack();
  health.add(checkFreeDisk(config.health));
  health.add(resources.use(watchEventLoop(config.health)));
  if (config.health.dependency_url !== undefined) {
    const { dependency_url: url, dependency_timeout: timeoutMs } = config.health;
    health.add(resources.use(checkDependency({ url, timeoutMs })));
  }
  health.markStarted();
  return {
    health,
    registry,
    addRoutes: (app, { prefix = '', guard } = {}) => {
      // GET alone: no HEAD beside it, which the framework would add.
      const shared = { prefix, hasHead: false };
      addHealthRoutes(app, health, { ...shared, failStatus: 500 });
      addMetricsRoute(app, [registry], { ...shared, ...(guard ? { guard } : {}) });
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
