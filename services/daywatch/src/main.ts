import { randomBytes } from 'node:crypto';
import { isAccessError } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { buildTokenCommand } from '@daywatch/calendar-api';
import { buildDeadLettersCommand, withRevival } from '@daywatch/calendar-sender';
import { createPostgresRevival } from '@daywatch/calendar/postgres';
import { createPostgresQueue } from '@daywatch/delivery/postgres';
import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv } from '@daywatch/service-kit/config';
import { runService } from '@daywatch/service-kit/lifecycle';
import { findMigrations, migrate, openPostgres } from '@daywatch/service-kit/postgres';
import { Command } from 'commander';
import { findDatabaseUrl } from './database-url.ts';
import { daywatchSchema } from './run/config.ts';
import { locateDataFolder } from './run/data-folder.ts';
import { runDaywatch } from './run/run-daywatch.ts';
import { VERSION } from './version.ts';

const NAME = 'daywatch';

const HELP = `
The database is storage.dsn of the configuration, or DAYWATCH_STORAGE_DSN. Without one, run starts a
PostgreSQL of its own in the data folder (.daywatch, or DAYWATCH_DATA), and the other commands use that
while it runs.

Examples:
  daywatch run
  daywatch migrate --config=config/calendar_api.yaml
  daywatch token create laptop --user ann --expires 90d

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('A calendar that never double-books, for people who run their own servers.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP);

program
  .command('run')
  .description('run everything in one process, with a PostgreSQL of its own')
  .action(() =>
    runService(NAME, (service) =>
      runDaywatch(service, { name: NAME, configFile: configFile(), mainFolder: import.meta.dirname }),
    ),
  );

program
  .command('migrate')
  .description('bring the database up to date; safe to run twice, and at once')
  .action(async () => {
    const dsn = await databaseUrl();
    const log = (line: string) => void process.stderr.write(`${line}\n`);
    const applied = await migrate({ dsn, schemas: findMigrations(import.meta.dirname), log });
    process.stdout.write(applied.length > 0 ? `Applied ${applied.join(', ')}.\n` : 'Up to date.\n');
  });

program.addCommand(
  buildTokenCommand({
    withTokens: async (_, work) => {
      await using db = openPostgres({
        dsn: await databaseUrl(),
        applicationName: 'daywatch token',
        maxConnections: 1,
      });
      await work({ tokens: createPostgresAccess(db).tokens, clock: Date, random: randomBytes });
    },
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }),
);

program.addCommand(
  buildDeadLettersCommand({
    withDeadLetters: async (work) => {
      const dsn = await databaseUrl();
      await using db = openPostgres({ dsn, applicationName: 'daywatch dead-letters', maxConnections: 1 });
      await using queue = createPostgresQueue({ db });
      await work(withRevival(queue.deadLetters, createPostgresRevival(db)));
    },
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }),
);

await runCommandLine(program, process.argv, {
  describe: (error) => (isAccessError(error) ? error.message : undefined),
});

function configFile(): string | undefined {
  return program.opts<{ config?: string }>().config;
}

async function databaseUrl(): Promise<string> {
  const env = readEnv();
  const { config } = loadConfig({ executable: NAME, schema: daywatchSchema, file: configFile(), env });
  return findDatabaseUrl(config.storage.dsn, locateDataFolder(env['DAYWATCH_DATA']));
}
