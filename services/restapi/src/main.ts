import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, type Service } from '@daywatch/service-kit/lifecycle';
import { openLog } from '@daywatch/service-kit/log';
import { findMigrations } from '@daywatch/service-kit/postgres';
import { Command } from 'commander';
import { createRestapi } from './app.ts';
import { restapiSchema, type RestapiConfig } from './config.ts';
import { VERSION } from './version.ts';

const NAME = 'restapi';

const HELP = `
It reads what checkers have written into the database, and serves it to people and programs. Several may run
side by side. Without --config it runs on defaults and the environment: storage.dsn is DAYWATCH_STORAGE_DSN.
Every key is explained in config/restapi.yaml and docs/configuration.md.

Examples:
  restapi --config=config/restapi.yaml
  DAYWATCH_STORAGE_DSN=postgres://daywatch:secret@localhost:5432/daywatch restapi
  curl -H "Authorization: Bearer $TOKEN" 'http://localhost:8889/api/v1/checks?domain=gometr'

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('The API of the monitor: metrics, checks, targets and series.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP)
  .action(() => runService(NAME, serve));

program.addCommand(buildHealthCommand(() => readConfig().config.http));
await runCommandLine(program, process.argv);

async function serve(service: Service): Promise<void> {
  const { config, warnings } = readConfig();
  const log = openLog({ service: NAME, level: config.log_level, file: config.log_file });
  const logger = service.useLog(log);
  service.setShutdownTimeout(config.shutdown.timeout);
  if (config.log_file !== undefined) service.onHangup(log.reopen);
  for (const warning of warnings) logger.warn(warning);
  const { signal, remainingDrainMs } = service;
  const migrations = findMigrations(import.meta.dirname, ['access', 'monitor']);
  const restapi = service.resources.use(createRestapi(config, { log, migrations, signal, remainingDrainMs }));
  await restapi.start();
  restapi.ready.catch((error: unknown) => {
    if (!signal.aborted) service.fail(error, 'the start failed');
  });
}

function readConfig(): LoadedConfig<RestapiConfig> {
  const { config: file } = program.opts<{ config?: string }>();
  return loadConfig({ executable: NAME, schema: restapiSchema, file, env: readEnv() });
}
