import { createScheduler } from '@daywatch/calendar-scheduler';
import { createSender } from '@daywatch/calendar-sender';
import {
  createPostgresPurge,
  createPostgresReminders,
  createPostgresSeriesUpkeep,
  createPostgresSettingsStore,
} from '@daywatch/calendar/postgres';
import { createPostgresQueue } from '@daywatch/delivery/postgres';
import type { HealthCheck } from '@daywatch/service-kit/health';
import type { Logger } from '@daywatch/service-kit/log';
import type { Registry } from '@daywatch/service-kit/metrics';
import { openPostgres } from '@daywatch/service-kit/postgres';
import type { DaywatchConfig } from './config.ts';

export interface RemindersOptions {
  readonly config: DaywatchConfig;
  readonly dsn: string;
  readonly logger: Logger;
  readonly remainingDrainMs: () => number;
}

/** Scheduler and sender in this process, with a table of the database between them. */
export interface Reminders extends AsyncDisposable {
  readonly registries: readonly Registry[];
  readonly healthCheck: HealthCheck;
  /** Begins, once the database is up to date. */
  readonly begin: () => void;
}

const CONNECTIONS = 5;

/** @throws ConfigError */
export function createReminders({ config, dsn, logger, remainingDrainMs }: RemindersOptions): Reminders {
  const db = openPostgres({
    dsn,
    applicationName: 'daywatch_reminders',
    maxConnections: CONNECTIONS,
    log: (line) => logger.warn(line),
  });
  const queue = createPostgresQueue({ db });
  const { queue: reminders, sending } = createPostgresReminders(db);
  const settings = createPostgresSettingsStore(db);
  const sender = createSender({ sending, settings, queue, config: config.sender, remainingDrainMs });
  const scheduler = createScheduler({
    reminders,
    upkeep: createPostgresSeriesUpkeep(db),
    purge: createPostgresPurge(db),
    queue,
    config: config.scheduler,
    logger,
  });
  return {
    registries: [scheduler.registry, sender.registry],
    healthCheck: {
      name: 'queue',
      componentType: 'datastore',
      isNeededForReadiness: false,
      check: async (signal) => {
        await queue.check(signal);
        return { status: 'pass' };
      },
    },
    begin() {
      sender.begin();
      scheduler.begin();
    },
    async [Symbol.asyncDispose]() {
      await scheduler[Symbol.asyncDispose]();
      await sender[Symbol.asyncDispose]();
      await queue.close(remainingDrainMs());
      await db.close();
    },
  };
}
