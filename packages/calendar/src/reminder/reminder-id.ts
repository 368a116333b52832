import { hash } from 'node:crypto';
import type { ReminderKey } from './reminder.ts';

/**
 * The notification id of a reminder: a UUIDv8 (RFC 9562 section 5.8) made of its key, so that it need not be
 * stored, and every attempt, whoever makes it, carries the same one.
 */
export function reminderIdOf({ calendarId, eventId, recurrenceId, before, version }: ReminderKey): string {
  const name = ['daywatch reminder', calendarId, eventId, recurrenceId, before, version].join(' ');
  const hex = hash('sha256', name);
  const variant = (8 + (Number.parseInt(hex.charAt(16), 16) & 3)).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
