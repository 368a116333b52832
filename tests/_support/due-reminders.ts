import { randomBytes } from 'node:crypto';
import {
  createEvent,
  makeUuidV7,
  parseTimeZone,
  reminderIdOf,
  toInstant,
  type CalendarContext,
  type CalendarId,
  type EventId,
  type UserId,
} from '@daywatch/calendar';
import {
  createPostgresCalendarStore,
  createPostgresEventSearch,
  createPostgresEventStore,
  createPostgresReminders,
  createPostgresSettingsStore,
} from '@daywatch/calendar/postgres';
import { createWebhookSecret } from '@daywatch/delivery/webhook';
import { openPostgres } from '@daywatch/service-kit/postgres';
import { Client } from 'pg';

export interface DueOptions {
  readonly count: number;
  /** From now until they are due; by default they are due at once. */
  readonly inMs?: number;
  /** Where the user wants them. */
  readonly webhookUrl?: string;
  /** Whose they are: by default alice's. */
  readonly user?: string;
}

/**
 * Writes events of a user, in an hour and a bit, each with one reminder, as the API does.
 * @returns the secret that the webhooks are signed with.
 */
export async function writeDueReminders(
  dsn: string,
  { count, inMs = -1, webhookUrl, user = 'alice' }: DueOptions,
): Promise<string> {
  const owner = user as UserId;
  await using db = openPostgres({ dsn, applicationName: 'test', maxConnections: 8 });
  const secret = createWebhookSecret(randomBytes(32));
  if (webhookUrl !== undefined) {
    await createPostgresSettingsStore(db).update(owner, () => ({
      user: owner,
      webhookUrl,
      webhookSecret: secret,
      updatedAt: toInstant(Date.now()),
    }));
  }
  const context: CalendarContext = {
    events: createPostgresEventStore(db),
    calendars: createPostgresCalendarStore(db),
    now: () => toInstant(Date.now()),
    reminders: createPostgresReminders(db),
    settings: createPostgresSettingsStore(db),
    search: createPostgresEventSearch(db),
    newWebhookSecret: () => createWebhookSecret(randomBytes(32)),
    newId: () => makeUuidV7(Date.now(), randomBytes(10)),
    defaultTimeZone: parseTimeZone('UTC'),
  };
  // The start is a whole second; so many seconds later than an hour from now are the reminders due.
  const start = Math.ceil((Date.now() + inMs) / 1000) * 1000 + 3_600_000;
  const before = inMs < 0 ? 'PT2H' : 'PT1H';
  const write = (number: number) =>
    createEvent(context, owner, {
      title: `Event ${number}`,
      start: new Date(start).toISOString(),
      duration: 'PT1H',
      busy: false,
      notify_before: [before],
    });
  const BATCH = 200;
  for (let from = 0; from < count; from += BATCH) {
    const size = Math.min(BATCH, count - from);
    await Promise.all(Array.from({ length: size }, (_, at) => write(from + at)));
  }
  return secret;
}

/** The ids of those that a sender has begun to send, and has recorded no outcome of. */
export async function readIdsInSending(dsn: string): Promise<readonly string[]> {
  return withClient(dsn, async (client) => {
    const { rows } = await client.query<{
      calendar_id: string;
      event_id: string;
      recurrence_id: Date;
      notify_before: string;
      version: number;
    }>(`SELECT calendar_id, event_id, recurrence_id, notify_before, version FROM calendar.notifications
        WHERE status = 'sending'`);
    return rows.map((row) =>
      reminderIdOf({
        calendarId: row.calendar_id as CalendarId,
        eventId: row.event_id as EventId,
        recurrenceId: toInstant(row.recurrence_id.getTime()),
        before: row.notify_before,
        version: row.version,
      }),
    );
  });
}

/** When each reminder that was delivered was due, and when it was delivered. */
export async function readSendingTimes(
  dsn: string,
): Promise<readonly { readonly dueAtMs: number; readonly sentAtMs: number }[]> {
  return withClient(dsn, async (client) => {
    const { rows } = await client.query<{ due_at: Date; sent_at: Date }>(
      `SELECT due_at, sent_at FROM calendar.notifications WHERE status = 'sent'`,
    );
    return rows.map((row) => ({ dueAtMs: row.due_at.getTime(), sentAtMs: row.sent_at.getTime() }));
  });
}

/** How many reminders have each status. */
export async function countStatuses(dsn: string): Promise<Readonly<Record<string, number>>> {
  return withClient(dsn, async (client) => {
    const { rows } = await client.query<{ status: string; count: number }>(
      'SELECT status, count(*)::integer AS count FROM calendar.notifications GROUP BY status',
    );
    return Object.fromEntries(rows.map(({ status, count }) => [status, count]));
  });
}

async function withClient<T>(dsn: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: dsn });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
