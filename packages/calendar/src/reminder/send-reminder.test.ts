import { expect, it } from 'vitest';
import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId, UserId } from '../event/event.ts';
import { toInstant } from '../time/instant.ts';
import { parseTimeZone } from '../time/time-zone.ts';
import type { ReminderKey } from './reminder.ts';
import { toReminderMessage } from './reminder-message.ts';
import { createReminderSender } from './send-reminder.ts';
import type { SendingOutcome } from './sending.ts';

const DUE = toInstant(Date.parse('2027-06-01T09:45:00Z'));
const KEY: ReminderKey = {
  calendarId: '01890000-0000-7000-8000-000000000001' as CalendarId,
  eventId: '01890000-0000-7000-8000-000000000002' as EventId,
  recurrenceId: toInstant(DUE + 900_000),
  before: 'PT15M',
  version: 0,
};

it('should let an attempt finish, and record it, when its message is taken away meanwhile', async () => {
  const recorded: SendingOutcome[] = [];
  const taken = new AbortController();
  const handler = createReminderSender({
    sending: {
      beginSending: async (keys) => keys.map(() => ({ kind: 'send', attempt: 1 })),
      recordOutcomes: async (outcomes) => void recorded.push(...outcomes),
    },
    channel: {
      name: 'test',
      async send(_, __, signal) {
        taken.abort(new Error('the broker is away'));
        return signal?.aborted === true ? { kind: 'retry', reason: 'broken off' } : { kind: 'delivered' };
      },
    },
    policy: { maxAttempts: 3, firstDelayMs: 1, maxDelayMs: 1 },
    maxPerUser: 10,
    sender: 'sender',
    leaseMs: 30_000,
    now: () => DUE,
    random: () => 0,
  });
  const message = toReminderMessage(KEY, {
    user: 'ann' as UserId,
    title: 'Dentist',
    start: toInstant(DUE + 900_000),
    isAllDay: false,
    timeZone: parseTimeZone('UTC'),
    dueAt: DUE,
  });
  const body = new TextEncoder().encode(JSON.stringify(message));

  await handler({ id: message.id, body, deliveries: 1 }, taken.signal);

  expect(recorded).toEqual([{ key: KEY, kind: 'sent', at: DUE, late: false }]);
});
