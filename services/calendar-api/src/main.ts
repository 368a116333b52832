import { ConfigError, loadConfig, readEnv, type LoadedConfig } from '@daywatch/service-kit/config';
import { EXIT_CODES, exitWithUsageError, runService } from '@daywatch/service-kit/lifecycle';
import { openLog } from '@daywatch/service-kit/log';
import { Command, CommanderError } from 'commander';
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
  .exitOverride()
  .action(() => runService(NAME, serve));

program.addCommand(
  buildTokenCommand({
    withTokens: (_, work) => withConfiguredTokens(readConfig().config, work),
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }),
);
for (const command of program.commands) overrideExits(command);

try {
  await program.parseAsync(normalize(process.argv));
} catch (error) {
  fail(error);
}

async function serve(service: Parameters<Parameters<typeof runService>[1]>[0]): Promise<void> {
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

/** `-config=FILE` is taken too: the flags of many programs look like that. */
function normalize(argv: readonly string[]): string[] {
  return argv.map((argument) => (/^-config(=|$)/.test(argument) ? `-${argument}` : argument));
}

function overrideExits(command: Command): void {
  command.exitOverride();
  for (const child of command.commands) overrideExits(child);
}

/** Help and version end well; commander has printed what was wrong with a command line. */
function fail(error: unknown): never {
  if (error instanceof CommanderError) {
    process.exit(error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage);
  }
  if (error instanceof ConfigError) exitWithUsageError(error);
  process.stderr.write(`${NAME}: ${describeTokenFailure(error) ?? (error as Error).message}\n`);
  process.exit(EXIT_CODES.failure);
}
