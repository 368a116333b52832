import type { Reminder } from '../../reminder/reminder.ts';
import type { ReminderLog, ReminderPosition } from '../../reminder/reminder-log.ts';
import { contentOf } from './keep-reminders.ts';
import type { MemoryState } from './memory-state.ts';
import type { BookedReminder } from './reminder-book.ts';

export function createReminderLog(state: MemoryState): ReminderLog {
  return {
    async list({ owner, eventId, from, to, status, after, limit }, signal) {
      signal?.throwIfAborted();
      return [...state.reminders.all()]
        .filter(({ key }) => state.calendarOf(owner, key.calendarId) !== undefined)
        .filter(({ key }) => eventId === undefined || key.eventId === eventId)
        .filter(({ dueAt }) => dueAt >= from && dueAt < to)
        .filter((one) => status === undefined || one.status === status)
        .filter((one) => after === undefined || comparePositions(one, after) > 0)
        .sort(comparePositions)
        .slice(0, limit)
        .map((one) => toReminder(state, one));
    },
  };
}

function toReminder(state: MemoryState, booked: BookedReminder): Reminder {
  const { key, start, dueAt, status, late, attempts, error, channel, sentAt } = booked;
  const content = booked.content ?? contentOf(state, booked);
  if (!content) throw new Error(`the reminder of event ${key.eventId} has lost what it tells`);
  return { key, ...content, start, dueAt, status, late, attempts, error, channel, sentAt };
}

function comparePositions(a: ReminderPosition, b: ReminderPosition): number {
  return (
    a.dueAt - b.dueAt ||
    compareText(a.key.calendarId, b.key.calendarId) ||
    compareText(a.key.eventId, b.key.eventId) ||
    a.key.recurrenceId - b.key.recurrenceId ||
    compareText(a.key.before, b.key.before) ||
    a.key.version - b.key.version
  );
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
