import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createCalendarApi, findShare } from '@daywatch/calendar-api';
import { loadConfig, readEnv, type Env } from '@daywatch/service-kit/config';
import type { Service } from '@daywatch/service-kit/lifecycle';
import { openLog } from '@daywatch/service-kit/log';
import { createProcessRegistry } from '@daywatch/service-kit/metrics';
import { findMigrations, migrate } from '@daywatch/service-kit/postgres';
import { VERSION } from '../version.ts';
import { daywatchSchema } from './config.ts';
import { locateDataFolder, makeDataFolder } from './data-folder.ts';
import { createMonitorApi } from './monitor-api.ts';
import { openMonitor } from './monitor.ts';
import { openEmbeddedDatabase } from './open-database.ts';
import { createReminders } from './reminders.ts';
import { ensureToken, makeSignInCode } from './sign-in.ts';
import { formatWelcome } from './welcome.ts';

export interface RunOptions {
  readonly name: string;
  readonly configFile: string | undefined;
  /** Where the main lies: the client is beside it, once it is built. */
  readonly mainFolder: string;
}

/**
 * Everything in one process: PostgreSQL in the data folder, migrations, the calendar on one port, its reminders, a
 * user with a token, and a link that signs the browser in.
 */
export async function runDaywatch(service: Service, options: RunOptions): Promise<void> {
  const { name, configFile: file, mainFolder } = options;
  const share = findShare(mainFolder);
  const env: Env = { DAYWATCH_CALENDAR_TIME_ZONE: machineZone(), ...readEnv() };
  const folder = locateDataFolder(env['DAYWATCH_DATA']);
  const load = () => loadConfig({ executable: name, schema: daywatchSchema, file, env });
  const { config, warnings } = load();
  const pretty = process.stdout.isTTY;
  const log = openLog({ service: name, level: config.log_level, file: config.log_file, pretty });
  const logger = service.useLog(log);
  service.setShutdownTimeout(config.shutdown.timeout);
  if (config.log_file !== undefined) service.onHangup(log.reopen);
  for (const warning of warnings) logger.warn(warning);

  await makeDataFolder(folder);
  const dsn = config.storage.dsn ?? (await openEmbeddedDatabase(service, folder));
  await migrate({ dsn, schemas: findMigrations(mainFolder), log: (line) => logger.info(line) });

  const { signal, remainingDrainMs } = service;
  const reminders = createReminders({ config, dsn, logger, remainingDrainMs });
  service.resources.use(reminders);
  const processRegistry = createProcessRegistry();
  const monitor = await openMonitor({
    config,
    configFile: file,
    readTargets: () => load().config.targets,
    dsn,
    spoolFolder: folder.spool,
    processRegistry,
    logger,
    signal,
    remainingDrainMs,
  });
  const storage = { ...config.storage, type: 'postgres', dsn } as const;
  const registries = [processRegistry, ...reminders.registries, ...monitor.registries];
  const monitorApi = service.resources.use(createMonitorApi({ dsn, logger, signal }));
  const api = createCalendarApi(
    { ...config, storage, monitor: {} },
    {
      log,
      share,
      signal,
      remainingDrainMs,
      registries,
      addRoutes: (app, tools) => {
        monitorApi.addRoutes(app, {
          authorize: tools.requirePrincipal('monitor:read'),
          isStillAdmitted: (request) => tools.isStillAdmitted(request, 'monitor:read'),
        });
        monitor.addRoutes(app, tools);
      },
      mapError: monitorApi.mapError,
      docs: monitorApi.docs,
    },
  );
  service.resources.use(api);
  // It stops before the port closes, so that it does not see what it watches go away.
  service.resources.use(monitor);
  api.health.add(reminders.healthCheck);
  api.health.add(monitor.healthCheck);
  // Whoever sees `/health` pass finds a token that works.
  await ensureToken(api.access, folder.token);
  const signInCode = await makeSignInCode(api.access);
  const { host, port } = await api.start();
  await api.ready;
  reminders.begin();
  monitor.begin({ host, port });

  const client = findClient(mainFolder);
  log.flushSync();
  process.stdout.write(
    formatWelcome({ version: VERSION, host, port, signInCode, folder, client, now: new Date() }),
  );
}

/** UTC where the machine does not say, as with an empty `TZ`. */
function machineZone(): string {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return timeZone === 'Etc/Unknown' ? 'UTC' : timeZone;
}

/** The words that start the client: the one beside a bundled daywatch, else its sources. */
function findClient(mainFolder: string): readonly string[] {
  const bundled = join(mainFolder, 'calendar_client');
  if (existsSync(bundled)) return [bundled];
  return [process.execPath, resolve(mainFolder, '../../calendar-client/src/main.ts')];
}
