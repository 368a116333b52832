import { randomBytes } from 'node:crypto';
import { createBoardFeed, createMonitorManager, type MonitorStores } from '@daywatch/monitor';
import { createPostgresCheckResults, createPostgresTargets } from '@daywatch/monitor/postgres';
import { mapMonitorError, registerMonitorRoutes, type MonitorAdmission } from '@daywatch/monitor/rest';
import { createSystemClock } from '@daywatch/monitor/system';
import { createPostgresSeries } from '@daywatch/series/postgres';
import type { MapError } from '@daywatch/service-kit/listen';
import type { Logger } from '@daywatch/service-kit/log';
import type { Postgres } from '@daywatch/service-kit/postgres';
import type { FastifyInstance } from 'fastify';
import { TAGS } from './docs.ts';

export interface MonitorPartOptions {
  readonly stores: MonitorStores;
  readonly logger: Logger;
  /** Aborted when the process stops: streams end. */
  readonly signal: AbortSignal;
  readonly streamTimeoutMs: number;
}

/** The monitor's API as a part of a process: of its own, or of one that runs everything. */
export interface MonitorPart extends Disposable {
  readonly addRoutes: (app: FastifyInstance, admission: MonitorAdmission) => void;
  readonly mapError: MapError;
  /** What the documentation says of it beside the schemas of the routes. */
  readonly docs: { readonly tags: typeof TAGS; readonly paths: Readonly<Record<string, object>> };
}

export function createMonitorPart({
  stores,
  logger,
  signal,
  streamTimeoutMs,
}: MonitorPartOptions): MonitorPart {
  const manager = createMonitorManager(stores);
  const feed = createBoardFeed({
    list: (aborted) => stores.targets.list(aborted),
    clock: createSystemClock(),
    newEpoch: () => randomBytes(6).toString('base64url'),
    onAvailability: (error) => {
      if (error === undefined) logger.info('live changes are told again');
      else logger.warn({ err: error }, 'live changes cannot be told: how targets stand cannot be read');
    },
  });
  return {
    addRoutes: (app, admission) =>
      registerMonitorRoutes(app, { ...admission, manager, feed, now: Date.now, streamTimeoutMs, signal }),
    mapError: mapMonitorError,
    docs: { tags: TAGS, paths: {} },
    [Symbol.dispose]: () => feed.close(),
  };
}

/** What checkers have written into a database. */
export function openMonitorStores(db: Postgres): MonitorStores {
  return {
    series: createPostgresSeries(db).reader,
    checks: createPostgresCheckResults(db),
    targets: createPostgresTargets(db).board,
  };
}
