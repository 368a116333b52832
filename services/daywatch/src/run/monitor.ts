import { hostname } from 'node:os';
import type { AddRoutes } from '@daywatch/calendar-api';
import { followTargets, openCheckerPart, openStores, TargetReader } from '@daywatch/checker';
import { createGometr, gometrSchema } from '@daywatch/gometr';
import { addHealthRoutes, createHealth, type HealthCheck } from '@daywatch/service-kit/health';
import type { Logger } from '@daywatch/service-kit/log';
import { addMetricsRoute, guardMetrics, type Registry } from '@daywatch/service-kit/metrics';
import { openPostgres } from '@daywatch/service-kit/postgres';
import type { DaywatchConfig } from './config.ts';
import { ownTargets } from './own-targets.ts';

export interface MonitorOptions {
  readonly config: DaywatchConfig;
  /** Where the targets are read from again when it changes. */
  readonly configFile: string | undefined;
  readonly readTargets: () => readonly unknown[];
  readonly dsn: string;
  /** Where readings wait while the database is away. */
  readonly spoolFolder: string;
  readonly processRegistry: Registry;
  readonly logger: Logger;
  readonly signal: AbortSignal;
  readonly remainingDrainMs: () => number;
}

/** The checker in this process, and what it watches out of the box. */
export interface Monitor extends AsyncDisposable {
  readonly registries: readonly Registry[];
  readonly healthCheck: HealthCheck;
  /** gometr below `/gometr`, and the monitor's own health and metrics below `/parts/monitor`. */
  readonly addRoutes: AddRoutes;
  /** Begins, once the database is up to date and the port is open: what is watched first is there. */
  readonly begin: (address: ListeningAddress) => void;
}

export interface ListeningAddress {
  readonly host: string;
  readonly port: number;
}

const CONNECTIONS = 8;

/** @throws ConfigError, FolderInUseError */
export async function openMonitor(options: MonitorOptions): Promise<Monitor> {
  const { config, dsn, processRegistry, logger, signal, remainingDrainMs } = options;
  const resources = new AsyncDisposableStack();
  const db = resources.use(
    openPostgres({
      dsn,
      applicationName: 'daywatch_checker',
      maxConnections: CONNECTIONS,
      log: (line) => logger.warn(line),
    }),
  );
  const checker = resources.use(
    await openCheckerPart({
      config: {
        checker: config.checker,
        spool: { folder: options.spoolFolder, size: config.spool.size },
        retention: config.retention,
      },
      stores: openStores(db),
      logger,
      remainingDrainMs,
    }),
  );
  const gometr = resources.use(
    createGometr({ health: gometrSchema.parse({}).health }, { signal, processRegistry }),
  );
  const health = createHealth({ serviceId: hostname(), signal });
  health.add({
    name: 'database',
    componentType: 'datastore',
    isNeededForReadiness: true,
    check: async (signal) => {
      await db.check(signal);
      return { status: 'pass' };
    },
  });
  health.add(checker.healthCheck);
  return {
    registries: [checker.registry],
    healthCheck: checker.healthCheck,
    addRoutes(app) {
      const guard = config.metrics.public ? {} : { guard: guardMetrics };
      gometr.addRoutes(app, { prefix: '/gometr', ...guard });
      addHealthRoutes(app, health, { prefix: '/parts/monitor' });
      addMetricsRoute(app, [checker.registry], { prefix: '/parts/monitor', ...guard });
    },
    begin(address) {
      const readList = () => [...ownTargets(address), ...options.readTargets()];
      const reader = new TargetReader((line) => logger.warn(line));
      const list = readList();
      checker.use(reader.read(list));
      checker.begin();
      health.markStarted();
      const { use, countReload: onReload } = checker;
      resources.use(
        followTargets({ file: options.configFile, list, readList, reader, use, onReload, logger }),
      );
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}
