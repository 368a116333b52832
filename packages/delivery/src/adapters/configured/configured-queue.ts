import { orDefaults, secret, type DeepReadonly } from '@daywatch/service-kit/config';
import type { Queries } from '@daywatch/service-kit/postgres';
import { z } from 'zod';

import type { MessageQueue } from '../../queue/message-queue.ts';
import { createPostgresQueue } from '../postgres/index.ts';
import { createRabbitmqQueue } from '../rabbitmq/index.ts';

/** The keys that pick a queue. */
export function queueSection() {
  return orDefaults(
    z
      .strictObject({
        type: z.enum(['postgres', 'rabbitmq']).optional().meta({
          description:
            'What carries notifications from the scheduler to the sender. By default rabbitmq where queue.url is given, else postgres: a table of the database. Scheduler and sender need the same.',
          example: 'rabbitmq',
        }),
        url: secret().optional().meta({
          description: 'The address of RabbitMQ (3.10 or newer), with user and password.',
          type: 'text',
          example: 'amqp://daywatch:secret@localhost:5672/',
        }),
        name: z.string().min(1).default('daywatch.notifications').meta({
          description:
            'The name of the queue; its exchange has the same, its dead letters lie in <name>.dead.',
        }),
      })
      .refine(({ type, url }) => type !== 'rabbitmq' || url !== undefined, {
        path: ['url'],
        error:
          "is missing; queue.type is 'rabbitmq', which needs the address of the broker, such as amqp://user:password@host:5672/",
      }),
  );
}

export type QueueConfig = DeepReadonly<z.output<ReturnType<typeof queueSection>>>;

/** Opens the queue that the configuration picks. The broker need not be up yet. */
export function openConfiguredQueue(
  { type, url, name }: QueueConfig,
  db: Queries,
  log: (line: string) => void,
): MessageQueue {
  const kind = type ?? (url === undefined ? 'postgres' : 'rabbitmq');
  if (kind === 'postgres') return createPostgresQueue({ db, name });
  return createRabbitmqQueue({ url: url ?? '', name, log });
}
