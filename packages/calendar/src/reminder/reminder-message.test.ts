import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { CalendarId } from '../calendar/calendar.ts';
import type { EventId, UserId } from '../event/event.ts';
import { toInstant } from '../time/instant.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import { parseReminderMessage, toReminderMessage } from './reminder-message.ts';

const SCHEMA = z.fromJSONSchema(
  JSON.parse(readFileSync(new URL('../../../../docs/notification.schema.json', import.meta.url), 'utf8')),
);

const KEY = {
  calendarId: '0196a1b2-0000-7000-8000-5c6d7e8f9a0b' as CalendarId,
  eventId: '0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b' as EventId,
  recurrenceId: toInstant(Date.parse('2027-06-02T00:00:00Z')),
  before: 'PT15M',
  version: 3,
};

const CONTENT = {
  user: 'alice' as UserId,
  title: 'Dentist',
  start: toInstant(Date.parse('2027-06-01T22:00:00Z')),
  timeZone: 'Europe/Berlin' as TimeZoneId,
  dueAt: toInstant(Date.parse('2027-06-01T21:45:00.250Z')),
};

describe('the message of a reminder', () => {
  it.each([true, false])('should be as its schema says, and be read again (all day: %s)', (isAllDay) => {
    const message = toReminderMessage(KEY, { ...CONTENT, isAllDay });
    const parsed = parseReminderMessage(Buffer.from(JSON.stringify(message)));

    expect(SCHEMA.safeParse(message)).toMatchObject({ success: true });
    expect(message.occurrence_start).toBe(isAllDay ? '2027-06-02' : '2027-06-02T00:00:00+02:00');
    expect(parsed).toEqual({ kind: 'reminder', key: KEY, dueAt: CONTENT.dueAt, message });
  });

  it('should lack nothing that the schema asks for', () => {
    const message = toReminderMessage(KEY, { ...CONTENT, isAllDay: false });
    for (const name of Object.keys(message)) {
      const { [name]: _, ...rest } = message;
      const parsed = parseReminderMessage(Buffer.from(JSON.stringify(rest)));
      expect({ name, isValid: SCHEMA.safeParse(rest).success, kind: parsed.kind }).toEqual({
        name,
        isValid: false,
        kind: 'poison',
      });
    }
  });
});
