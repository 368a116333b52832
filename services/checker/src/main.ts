import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, tuneHeap, type Service } from '@daywatch/service-kit/lifecycle';
import { findMigrations, openPostgres } from '@daywatch/service-kit/postgres';
import { needDatabase, openWorkerLog, startWorker } from '@daywatch/service-kit/worker';
import { Command } from 'commander';
import { openCheckerPart } from './checker-part.ts';
import { checkerSchema, type CheckerConfig } from './config.ts';
import { followTargets } from './follow-targets.ts';
import { openStores } from './open-stores.ts';
import { TargetReader } from './target-reader.ts';
import { VERSION } from './version.ts';

const NAME = 'checker';

const HELP = `
It checks the targets of its configuration and writes metrics and results to PostgreSQL. Several may run side by
side: each target is checked by one. Targets are read again on SIGHUP and when the file changes, or a file that they
name. Without --config it runs on defaults and the environment: storage.dsn is DAYWATCH_STORAGE_DSN, targets is
DAYWATCH_TARGETS, as JSON.
Every key is explained in config/checker.yaml and docs/configuration.md.

Examples:
  checker --config=config/checker.yaml
  monitor check-config config/checker.yaml

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('Checks targets, and keeps what comes of it in PostgreSQL.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP)
  .action(() => runService(NAME, serve));

tuneHeap();
program.addCommand(buildHealthCommand(() => readConfig().config.http));
await runCommandLine(program, process.argv);

async function serve(service: Service): Promise<void> {
  const { config, warnings } = readConfig();
  const log = openWorkerLog(service, config, warnings);
  const { logger } = log;
  const reader = new TargetReader((line) => logger.warn(line));
  const targets = reader.read(config.targets);
  const { dsn = '', connections: maxConnections } = config.storage;
  const db = openPostgres({
    dsn,
    applicationName: 'daywatch_checker',
    maxConnections,
    log: (line) => logger.warn(line),
  });
  service.resources.use(db);
  const { remainingDrainMs } = service;
  const part = service.resources.use(
    await openCheckerPart({ config, stores: openStores(db), logger, remainingDrainMs }),
  );
  part.use(targets);
  const followed = service.resources.use(
    followTargets({
      file: configFile(),
      list: config.targets,
      readList: () => readConfig().config.targets,
      reader,
      use: part.use,
      onReload: part.countReload,
      logger,
    }),
  );
  service.onHangup(followed.reload);
  const migrations = findMigrations(import.meta.dirname, ['monitor']);
  await startWorker(service, {
    config,
    log,
    needs: [needDatabase(db, dsn, migrations)],
    checks: [part.healthCheck],
    registries: [part.registry],
    begin: part.begin,
  });
}

function readConfig(): LoadedConfig<CheckerConfig> {
  return loadConfig({ executable: NAME, schema: checkerSchema, file: configFile(), env: readEnv() });
}

function configFile(): string | undefined {
  return program.opts<{ config?: string }>().config;
}
