import {
  createPostgresReminders,
  createPostgresRevival,
  createPostgresSettingsStore,
} from '@daywatch/calendar/postgres';
import type { DeadLetters } from '@daywatch/delivery';
import { openConfiguredQueue } from '@daywatch/delivery/configured';
import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, type Service } from '@daywatch/service-kit/lifecycle';
import { findMigrations, openPostgres } from '@daywatch/service-kit/postgres';
import { needDatabase, openWorkerLog, startWorker } from '@daywatch/service-kit/worker';
import { Command } from 'commander';
import { calendarSenderSchema, type CalendarSenderConfig } from './config.ts';
import { buildDeadLettersCommand } from './dead-letters/dead-letters-command.ts';
import { withRevival } from './dead-letters/revive-and-replay.ts';
import { createSender } from './sender.ts';
import { VERSION } from './version.ts';

const NAME = 'calendar_sender';

const HELP = `
It brings reminders that calendar_scheduler has published to people. Several may run side by side.
Without --config it runs on defaults and the environment: storage.dsn is DAYWATCH_STORAGE_DSN.
Every key is explained in config/calendar_sender.yaml and docs/configuration.md.

Examples:
  calendar_sender --config=config/calendar_sender.yaml
  calendar_sender --config=config/calendar_sender.yaml dead-letters list
  calendar_sender --config=config/calendar_sender.yaml dead-letters replay

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('Brings the reminders of the calendar to people.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP)
  .action(() => runService(NAME, serve));

program.addCommand(
  buildDeadLettersCommand({
    withDeadLetters,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }),
);
program.addCommand(buildHealthCommand(() => readConfig().config.http));
await runCommandLine(program, process.argv);

async function serve(service: Service): Promise<void> {
  const { config, warnings } = readConfig();
  const log = openWorkerLog(service, config, warnings);
  const warn = (line: string): void => log.logger.warn(line);
  const { dsn = '', connections: maxConnections } = config.storage;
  const db = openPostgres({ dsn, applicationName: 'daywatch_calendar_sender', maxConnections, log: warn });
  service.resources.use(db);
  const queue = openConfiguredQueue(config.queue, db, warn);
  service.resources.defer(() => queue.close(service.remainingDrainMs()));
  const sender = createSender({
    sending: createPostgresReminders(db).sending,
    settings: createPostgresSettingsStore(db),
    queue,
    config: config.sender,
    remainingDrainMs: service.remainingDrainMs,
  });
  service.resources.use(sender);
  const migrations = findMigrations(import.meta.dirname, ['delivery', 'calendar']);
  await startWorker(service, {
    config,
    log,
    needs: [
      needDatabase(db, dsn, migrations),
      {
        name: 'queue',
        prepare: (signal) => queue.depth(signal),
        check: (signal) => queue.check(signal),
        hasLogged: () => true,
      },
    ],
    registries: [sender.registry],
    begin: sender.begin,
  });
}

async function withDeadLetters(work: (letters: DeadLetters) => Promise<void>): Promise<void> {
  const { config } = readConfig();
  const { dsn = '' } = config.storage;
  await using db = openPostgres({ dsn, applicationName: 'daywatch dead-letters', maxConnections: 1 });
  await using queue = openConfiguredQueue(config.queue, db, () => undefined);
  await work(withRevival(queue.deadLetters, createPostgresRevival(db)));
}

function readConfig(): LoadedConfig<CalendarSenderConfig> {
  const { config: file } = program.opts<{ config?: string }>();
  return loadConfig({ executable: NAME, schema: calendarSenderSchema, file, env: readEnv() });
}
