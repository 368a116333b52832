import { createMonitorPart, openMonitorStores, type MonitorPart } from '@daywatch/restapi';
import type { Logger } from '@daywatch/service-kit/log';
import { openPostgres } from '@daywatch/service-kit/postgres';

export interface MonitorApiOptions {
  readonly dsn: string;
  readonly logger: Logger;
  readonly signal: AbortSignal;
}

/** The monitor's API in this process, on connections of its own: a long answer takes none from the calendar. */
export interface MonitorApi extends Omit<MonitorPart, typeof Symbol.dispose>, AsyncDisposable {}

const CONNECTIONS = 5;
const STREAM_TIMEOUT_MS = 600_000;

export function createMonitorApi({ dsn, logger, signal }: MonitorApiOptions): MonitorApi {
  const db = openPostgres({
    dsn,
    applicationName: 'daywatch_monitor_api',
    maxConnections: CONNECTIONS,
    log: (line) => logger.warn(line),
  });
  const part = createMonitorPart({
    stores: openMonitorStores(db),
    logger,
    signal,
    streamTimeoutMs: STREAM_TIMEOUT_MS,
  });
  return {
    addRoutes: part.addRoutes,
    mapError: part.mapError,
    docs: part.docs,
    async [Symbol.asyncDispose]() {
      part[Symbol.dispose]();
      await db.close();
    },
  };
}
