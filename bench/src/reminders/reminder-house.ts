import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@daywatch/embedded-postgres';
import { migrate, openPostgres } from '@daywatch/service-kit/postgres';
import { makeServerFolder } from '../../../tests/_support/leftovers.ts';
import { migrationSources } from '../../../tests/_support/postgres-servers.ts';
import { startRabbitmq, type TestBroker } from '../../../tests/_support/rabbitmq-server.ts';
import { startReceiver, type Receiver } from '../../../tests/_support/receiver.ts';
import { startTcpProxy, type TcpProxy } from '../../../tests/_support/tcp-proxy.ts';
import type { Environment } from '../../../tests/_support/worker-process.ts';

/** A database, a broker and a receiver that belong to a trial alone, so that it may do to them what it likes. */
export interface ReminderHouse extends AsyncDisposable {
  readonly broker: TestBroker;
  readonly receiver: Receiver;
  /** The database, past the cable. */
  readonly dsn: string;
  readonly databaseCable: TcpProxy;
  readonly brokerCable: TcpProxy;
  /** Makes another database on the same server. @returns its address */
  readonly addDatabase: (name: string) => Promise<string>;
  /** `kill -9` of PostgreSQL, and its start on the same data. */
  readonly killDatabase: () => Promise<void>;
  /** For scheduler and sender: everything through the cables, webhooks to the receiver. */
  readonly env: Environment;
}

/** So that a kill finds something in flight. */
const ANSWER_MS = 30;

/** Opens everything; the database is durable, as it is to survive. */
export async function openReminderHouse(): Promise<ReminderHouse> {
  const stack = new AsyncDisposableStack();
  const folder = await makeServerFolder('house');
  const dataDir = join(folder, 'postgres');
  await mkdir(dataDir);
  let postgres: EmbeddedPostgres = await startEmbeddedPostgres({ dataDir });
  stack.defer(() => postgres.stop());
  const { port } = postgres;
  const dsn = postgres.dsn();
  await migrate({ dsn, schemas: await migrationSources() });
  const broker = stack.use(await startRabbitmq());
  const receiver = stack.use(await startReceiver(ANSWER_MS));
  const databaseCable = stack.use(await startTcpProxy({ host: '127.0.0.1', port }));
  const brokerUrl = new URL(broker.url);
  const brokerCable = stack.use(await startTcpProxy({ host: '127.0.0.1', port: Number(brokerUrl.port) }));
  return {
    broker,
    receiver,
    dsn,
    databaseCable,
    brokerCable,
    async addDatabase(name) {
      await using admin = openPostgres({
        dsn: postgres.superuserDsn,
        applicationName: 'bench',
        maxConnections: 1,
      });
      await admin.query({ name: 'bench.create_database', text: `CREATE DATABASE ${name}` }, []);
      const added = new URL(postgres.superuserDsn);
      added.pathname = `/${name}`;
      await migrate({ dsn: added.href, schemas: await migrationSources() });
      return added.href;
    },
    async killDatabase() {
      process.kill(postgres.pid, 'SIGKILL');
      await postgres.exited;
      postgres = await startEmbeddedPostgres({ dataDir, port });
    },
    env: {
      DAYWATCH_STORAGE_DSN: throughCable(dsn, databaseCable),
      DAYWATCH_QUEUE_URL: throughCable(broker.url, brokerCable),
      DAYWATCH_SENDER_CHANNEL: 'webhook',
      DAYWATCH_SENDER_ALLOW_NETWORKS: '127.0.0.0/8',
      DAYWATCH_SENDER_TIMEOUT: '5s',
      DAYWATCH_SENDER_FIRST_PAUSE: '100ms',
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

function throughCable(url: string, cable: TcpProxy): string {
  const through = new URL(url);
  through.hostname = '127.0.0.1';
  through.port = String(cable.port);
  return through.href;
}
