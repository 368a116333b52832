import {
  createPostgresPurge,
  createPostgresReminders,
  createPostgresSeriesUpkeep,
} from '@daywatch/calendar/postgres';
import { openConfiguredQueue } from '@daywatch/delivery/configured';
import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, type Service } from '@daywatch/service-kit/lifecycle';
import { findMigrations, openPostgres } from '@daywatch/service-kit/postgres';
import { needDatabase, openWorkerLog, startWorker } from '@daywatch/service-kit/worker';
import { Command } from 'commander';
import { calendarSchedulerSchema, type CalendarSchedulerConfig } from './config.ts';
import { createScheduler } from './scheduler.ts';
import { VERSION } from './version.ts';

const NAME = 'calendar_scheduler';

const HELP = `
It publishes reminders when they are due, for calendar_sender to bring them to people. Several may run
side by side. Without --config it runs on defaults and the environment: storage.dsn is DAYWATCH_STORAGE_DSN.
Every key is explained in config/calendar_scheduler.yaml and docs/configuration.md.

Examples:
  calendar_scheduler --config=config/calendar_scheduler.yaml
  DAYWATCH_STORAGE_DSN=postgres://daywatch:secret@localhost:5432/daywatch calendar_scheduler

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('Publishes the reminders of the calendar when they are due.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP)
  .action(() => runService(NAME, serve));

program.addCommand(buildHealthCommand(() => readConfig().config.http));
await runCommandLine(program, process.argv);

async function serve(service: Service): Promise<void> {
  const { config, warnings } = readConfig();
  const log = openWorkerLog(service, config, warnings);
  const { logger } = log;
  const warn = (line: string): void => logger.warn(line);
  const { dsn = '', connections: maxConnections } = config.storage;
  const db = openPostgres({ dsn, applicationName: 'daywatch_calendar_scheduler', maxConnections, log: warn });
  service.resources.use(db);
  const queue = openConfiguredQueue(config.queue, db, warn);
  service.resources.defer(() => queue.close(service.remainingDrainMs()));
  const scheduler = createScheduler({
    reminders: createPostgresReminders(db).queue,
    upkeep: createPostgresSeriesUpkeep(db),
    purge: createPostgresPurge(db),
    queue,
    config: config.scheduler,
    logger,
  });
  service.resources.use(scheduler);
  const migrations = findMigrations(import.meta.dirname, ['delivery', 'calendar']);
  await startWorker(service, {
    config,
    log,
    needs: [
      needDatabase(db, dsn, migrations),
      // Counting declares what is missing there.
      {
        name: 'queue',
        prepare: (signal) => queue.depth(signal),
        check: (signal) => queue.check(signal),
        hasLogged: () => true,
      },
    ],
    registries: [scheduler.registry],
    begin: scheduler.begin,
  });
}

function readConfig(): LoadedConfig<CalendarSchedulerConfig> {
  const { config: file } = program.opts<{ config?: string }>();
  return loadConfig({ executable: NAME, schema: calendarSchedulerSchema, file, env: readEnv() });
}
