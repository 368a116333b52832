import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase } from '../databases.ts';
import { startDebianServer } from '../debian-server.ts';
import { startRabbitmq } from '../rabbitmq-server.ts';
import { startReadyWorker, type Environment, type WorkerName } from '../worker-process.ts';
import { PROMETHEUS_FOLDER } from './watched-things.ts';

/** Everything that is deployed, as processes of their own: the queue is RabbitMQ, the database PostgreSQL. */
export interface WatchedHouse extends AsyncDisposable {
  readonly dsn: string;
  readonly apiOrigin: string;
  readonly restapiOrigin: string;
  /** For both APIs. */
  readonly token: string;
  /** What the configuration of Prometheus calls them, to where they are. */
  readonly addresses: ReadonlyMap<string, string>;
}

export async function openWatchedHouse(): Promise<WatchedHouse> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-watched-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const [database, broker] = await Promise.all([createTestDatabase(), startRabbitmq({ hasMetrics: true })]);
  stack.defer(() => database.drop());
  stack.use(broker);
  const token = randomBytes(32).toString('hex');
  const tokenFile = join(folder, 'token');
  await writeFile(tokenFile, token);

  const storage = { DAYWATCH_STORAGE_DSN: database.dsn };
  const queue = { ...storage, DAYWATCH_QUEUE_URL: broker.url };
  const start = async (name: WorkerName, env: Environment): Promise<string> =>
    stack.use(await startReadyWorker(name, env)).origin;
  const [api, scheduler, sender, restapi, gometr, exporter] = await Promise.all([
    start('calendar-api', {
      ...storage,
      DAYWATCH_AUTH_BOOTSTRAP_TOKEN_FILE: tokenFile,
      // Nobody listens there: what is forwarded ends in an error of the server.
      DAYWATCH_MONITOR_URL: 'http://127.0.0.1:1',
    }),
    start('calendar-scheduler', queue),
    start('calendar-sender', queue),
    start('restapi', storage),
    start('gometr', {}),
    startDebianServer('/usr/bin/prometheus-postgres-exporter', {
      args: [`--extend.query-path=${join(PROMETHEUS_FOLDER, 'tests/table-queries.yml')}`],
      env: { DATA_SOURCE_NAME: `${database.dsn}?sslmode=disable` },
    }).then((server) => stack.use(server).url),
  ]);
  const checker = await start('checker', {
    ...storage,
    DAYWATCH_SPOOL_FOLDER: join(folder, 'spool'),
    DAYWATCH_TARGETS: JSON.stringify([
      // So often that there is soon enough to be packed into blocks.
      { name: 'gometr', url: gometr, interval: '100ms', timeout: '100ms' },
      { name: 'nobody', url: 'http://127.0.0.1:1', interval: '1s', timeout: '1s' },
    ]),
  });
  const addresses = new Map([
    ['calendar-api:8888', api],
    ['calendar-scheduler:8891', scheduler],
    ['calendar-sender:8892', sender],
    ['checker:8890', checker],
    ['restapi:8889', restapi],
    ['gometr:8000', gometr],
    ['postgres-exporter:9187', exporter],
    ['rabbitmq:15692', broker.metricsUrl],
  ]);
  const owned = stack.move();
  return {
    dsn: database.dsn,
    apiOrigin: api,
    restapiOrigin: restapi,
    token,
    addresses: new Map(Array.from(addresses, ([name, url]) => [name, new URL(url).host])),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
