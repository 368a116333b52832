import { runCommandLine } from '@daywatch/service-kit/command-line';
import { loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { buildHealthCommand } from '@daywatch/service-kit/health';
import { runService, type Service } from '@daywatch/service-kit/lifecycle';
import { openLog } from '@daywatch/service-kit/log';
import { Command } from 'commander';
import { createCalendarApi } from './app.ts';
import { calendarApiSchema, type CalendarApiConfig } from './config.ts';
import { findShare } from './share.ts';
import { buildTokenCommand, describeTokenFailure } from './token/token-command.ts';
import { withConfiguredTokens } from './token/with-configured-tokens.ts';
import { VERSION } from './version.ts';

const NAME = 'calendar_api';

const HELP = `
Without --config it runs on defaults and the environment: http.port is DAYWATCH_HTTP_PORT.
Every key is explained in config/calendar_api.yaml and docs/configuration.md.

Examples:
  calendar_api --config=config/calendar_api.yaml
  DAYWATCH_STORAGE_DSN=postgres://daywatch:secret@localhost:5432/daywatch calendar_api
  calendar_api token create laptop --user ann

Exit codes: 0 well, 1 a failure, 2 a wrong command line or configuration.`;

const program = new Command(NAME)
  .description('The API of the calendar: gRPC and HTTP on one port.')
  .version(`${NAME} ${VERSION}`)
  .option('--config <file>', 'the configuration, a YAML file')
  .addHelpText('after', HELP)
  .action(() => runService(NAME, serve));

program.addCommand(
  buildTokenCommand({
    withTokens: (_, work) => withConfiguredTokens(readConfig().config, work),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }),
);
program.addCommand(buildHealthCommand(() => readConfig().config.http));
await runCommandLine(program, process.argv, { describe: describeTokenFailure });

async function serve(service: Service): Promise<void> {
  const { config, warnings } = readConfig();
  const log = openLog({ service: NAME, level: config.log_level, file: config.log_file });
  const logger = service.useLog(log);
  service.setShutdownTimeout(config.shutdown.timeout);
  if (config.log_file !== undefined) service.onHangup(log.reopen);
  for (const warning of warnings) logger.warn(warning);
  const api = createCalendarApi(config, {
    log,
    share: findShare(import.meta.dirname),
    signal: service.signal,
    remainingDrainMs: service.remainingDrainMs,
  });
  service.resources.use(api);
  await api.start();
  api.ready.catch((error: unknown) => {
    if (!service.signal.aborted) service.fail(error, 'the start failed');
  });
}

function readConfig(): LoadedConfig<CalendarApiConfig> {
  const { config: file } = program.opts<{ config?: string }>();
  return loadConfig({ executable: NAME, schema: calendarApiSchema, file, env: readEnv() });
}
