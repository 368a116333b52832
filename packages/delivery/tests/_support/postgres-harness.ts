import { randomUUID } from 'node:crypto';

import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';

import { startTcpProxy } from '../../../../tests/_support/tcp-proxy.ts';
import { createPostgresQueue } from '../../src/adapters/postgres/index.ts';
import type { MessageQueue } from '../../src/index.ts';
import { startConsumer, type QueueHarness } from './queue-harness.ts';

/** Short, so that what a killed consumer holds comes back soon. */
const LEASE_MS = 1_500;

/** @param admin connections of the test's own, past the cable */
export async function makePostgresHarness(dsn: string, admin: Postgres): Promise<QueueHarness> {
  const name = `test-${randomUUID()}`;
  const { hostname, port } = new URL(dsn);
  const cable = await startTcpProxy({ host: hostname, port: Number(port) });
  const throughCable = new URL(dsn);
  throughCable.port = String(cable.port);
  const lines: string[] = [];
  const db = openPostgres({
    dsn: throughCable.href,
    applicationName: 'delivery test',
    // The least privileged of those who use it.
    role: 'daywatch_calendar',
    connectTimeoutMs: 1_000,
    statementTimeoutMs: 2_000,
    log: (line) => lines.push(line),
  });
  const queues: MessageQueue[] = [];
  return {
    lines,
    cable,
    open(options = {}) {
      const queue = createPostgresQueue({ name, db, leaseMs: LEASE_MS, ...options });
      queues.push(queue);
      return queue;
    },
    async publishForeign(id, body) {
      const text = 'INSERT INTO delivery.messages (queue, message_id, body) VALUES ($1, $2, decode($3, $4))';
      await admin.query({ name: 'test.foreign', text }, [name, id, body.toString('base64'), 'base64']);
    },
    startConsumerProcess: () => startConsumer({ kind: 'postgres', dsn, name, leaseMs: LEASE_MS }),
    async [Symbol.asyncDispose]() {
      await Promise.all(queues.map((queue) => queue.close(0)));
      await db.close();
      await cable[Symbol.asyncDispose]();
    },
  };
}
