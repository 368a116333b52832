import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleExecutable } from '../../../tests/_support/bundle-executable.ts';
import { createTestDatabase } from '../../../tests/_support/databases.ts';
import { freePort } from '../../../tests/_support/free-port.ts';
import { askForShared } from '../../../tests/_support/shared-things.ts';
import { startReadyWorker, type WorkerProcess } from '../../../tests/_support/worker-process.ts';

/** The whole system in processes of its own, with PostgreSQL and RabbitMQ. */
export interface System extends AsyncDisposable {
  /** What the features are told of it. */
  readonly env: Readonly<Record<string, string>>;
}

/** Starts every executable on a database and a queue of its own; all are ready when this resolves. */
export async function startSystem(): Promise<System> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-features-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  // It is started for every user, and starts five times as fast.
  const daywatch = await bundleExecutable('daywatch');
  stack.defer(() => rm(daywatch.folder, { recursive: true, force: true }));
  const { dsn } = stack.use(await createTestDatabase());
  const broker = await askForShared('rabbitmq');
  const [gometrPort, stagePort] = await Promise.all([freePort(), freePort()]);
  const stage = `http://127.0.0.1:${stagePort}`;
  const targets = join(folder, 'checker.yaml');
  const text = await readFile(join(import.meta.dirname, '../../targets.yaml'), 'utf8');
  await writeFile(
    targets,
    text
      .replaceAll('http://features:9000', stage)
      .replaceAll('http://gometr:8000', `http://127.0.0.1:${gometrPort}`),
  );

  const queue = { DAYWATCH_QUEUE_URL: broker, DAYWATCH_QUEUE_NAME: `features.${stagePort}` };
  const start = async (
    name: Parameters<typeof startReadyWorker>[0],
    env: Readonly<Record<string, string>>,
    args: readonly string[] = [],
  ): Promise<WorkerProcess> => stack.use(await startReadyWorker(name, env, args));
  const storage = { DAYWATCH_STORAGE_DSN: dsn };
  const [api, restapi, gometr, checker, scheduler, sender] = await Promise.all([
    start('calendar-api', storage),
    start('restapi', storage),
    start('gometr', { DAYWATCH_HTTP_PORT: String(gometrPort) }),
    start('checker', { ...storage, DAYWATCH_SPOOL_FOLDER: join(folder, 'spool') }, [`--config=${targets}`]),
    start('calendar-scheduler', { ...storage, ...queue }),
    start('calendar-sender', {
      ...storage,
      ...queue,
      DAYWATCH_SENDER_CHANNEL: 'webhook',
      DAYWATCH_SENDER_ALLOW_NETWORKS: '127.0.0.0/8',
    }),
  ]);
  const env = {
    FEATURES_API: api.origin,
    FEATURES_RESTAPI: restapi.origin,
    FEATURES_GOMETR: gometr.origin,
    FEATURES_CHECKER: checker.origin,
    FEATURES_SCHEDULER: scheduler.origin,
    FEATURES_SENDER: sender.origin,
    FEATURES_STAGE: stage,
    FEATURES_DAYWATCH: `${process.execPath} ${daywatch.program}`,
    DAYWATCH_STORAGE_DSN: dsn,
  };
  const owned = stack.move();
  return { env, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
