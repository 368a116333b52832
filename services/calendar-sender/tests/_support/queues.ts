import type { TestDatabase } from '../../../../tests/_support/databases.ts';
import { hasDebianPackage } from '../../../../tests/_support/debian-packages.ts';
import { askForShared } from '../../../../tests/_support/shared-things.ts';
import type { Environment } from '../../../../tests/_support/worker-process.ts';

export type QueueKind = 'postgres' | 'rabbitmq';

/** What can lie between scheduler and sender, on this machine. */
export const QUEUES: readonly QueueKind[] = hasDebianPackage('rabbitmq-server')
  ? ['postgres', 'rabbitmq']
  : ['postgres'];

/** Of a scheduler or a sender on a database of its own, with a queue of its own. */
export async function environmentOf(queue: QueueKind, database: TestDatabase): Promise<Environment> {
  return {
    DAYWATCH_STORAGE_DSN: database.dsn,
    ...(queue === 'rabbitmq' && {
      DAYWATCH_QUEUE_URL: await askForShared('rabbitmq'),
      DAYWATCH_QUEUE_NAME: `test-${new URL(database.dsn).pathname.slice(1)}`,
    }),
  };
}

/** Of a sender of webhooks that may reach the receivers of the test. */
export const WEBHOOKS: Environment = {
  DAYWATCH_SENDER_CHANNEL: 'webhook',
  DAYWATCH_SENDER_ALLOW_NETWORKS: '127.0.0.0/8',
  DAYWATCH_SENDER_FIRST_PAUSE: '50ms',
  DAYWATCH_SENDER_ATTEMPTS: '2',
};
