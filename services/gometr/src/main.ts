import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, type Service } from '@daywatch/service-kit/lifecycle';
import { openLog } from '@daywatch/service-kit/log';
import { Command } from 'commander';
import { createGometrApp } from './app.ts';
import { gometrSchema, type GometrConfig } from './config.ts';
import { VERSION } from './version.ts';

const NAME = 'gometr';

const HELP = `
Without --config it runs on defaults and the environment: http.port is DAYWATCH_HTTP_PORT.
Every key is explained in config/gometr.yaml and docs/configuration.md.

Examples:
  gometr
  gometr --config=config/gometr.yaml
  curl http://localhost:8000/health

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('A small service to watch: GET /metrics and GET /health.')
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
  const app = service.resources.use(createGometrApp(config, { log, signal, remainingDrainMs }));
  await app.start();
}

function readConfig(): LoadedConfig<GometrConfig> {
  const { config: file } = program.opts<{ config?: string }>();
  return loadConfig({ executable: NAME, schema: gometrSchema, file, env: readEnv() });
}
