import { queueSection } from '@daywatch/delivery/configured';
import { count, duration, section, type DeepReadonly } from '@daywatch/service-kit/config';
import { sharedStorageSection, workerKeys } from '@daywatch/service-kit/worker';
import { z } from 'zod';

const networks = (description: string, example: readonly string[]) =>
  z.array(z.string().min(1)).default([]).meta({ description, example });

/** The keys of sending itself. */
export function senderSection() {
  return section({
    channel: z.enum(['stdout', 'webhook']).default('stdout').meta({
      description:
        'How reminders reach people: as lines of JSON on standard output, or posted to the webhook_url of each user.',
    }),
    prefetch: count({ default: 500, min: 1, max: 10_000 }).meta({
      description:
        'How many reminders are in hand at once. With webhooks a quarter of them for one user, at most.',
    }),
    attempts: count({ default: 8, min: 1, max: 100 }).meta({
      description: 'How often a reminder is tried before it has failed and goes to the dead letters.',
    }),
    first_pause: duration({ default: '1s', min: '10ms', max: '10m' }).meta({
      description: 'The pause after the first attempt that failed; it doubles with each further one.',
    }),
    longest_pause: duration({ default: '1m', min: '10ms', max: '10m' }).meta({
      description: 'The longest pause between two attempts.',
    }),
    timeout: duration({ default: '10s', min: '100ms', max: '1m' }).meta({
      description: 'How long one attempt may take.',
    }),
    allow_networks: networks(
      'Networks that webhooks may reach although they are fenced: loopback, private, link-local and others that are not the public internet.',
      ['10.1.0.0/16'],
    ),
    deny_networks: networks('Networks that webhooks may not reach, besides those that are fenced anyway.', [
      '203.0.113.0/24',
    ]),
  });
}

const { http, ...rest } = workerKeys({ port: 8892 });

/** Every key of calendar_sender. Only keys that do something stand here. */
export const calendarSenderSchema = z.strictObject({
  http,
  storage: sharedStorageSection(),
  queue: queueSection(),
  sender: senderSection(),
  ...rest,
});

export type CalendarSenderConfig = DeepReadonly<z.output<typeof calendarSenderSchema>>;
