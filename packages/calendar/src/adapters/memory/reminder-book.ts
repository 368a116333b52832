import type { CalendarId } from '../../calendar/calendar.ts';
import type { EventId } from '../../event/event.ts';
import type { ReminderContent, ReminderKey, ReminderStatus } from '../../reminder/reminder.ts';
import type { Instant } from '../../time/instant.ts';
import { reminderName } from '../decide-once.ts';

/** A reminder; what its event says of it is kept once it is due, or the event is deleted. */
export interface BookedReminder {
  readonly key: ReminderKey;
  readonly start: Instant;
  dueAt: Instant;
  status: ReminderStatus;
  /** When a scheduler is to look at it; undefined where none is to. */
  attendAt: Instant | undefined;
  /** The claim in which it is until then. */
  claimedBy: string | undefined;
  content: Omit<ReminderContent, 'dueAt' | 'start'> | undefined;
  late: boolean;
  attempts: number;
  error: string | null;
  channel: string | null;
  sentAt: Instant | null;
  sending: { readonly by: string; readonly until: Instant } | undefined;
}

/** All reminders, by their names and by their events. They outlive those. */
export class ReminderBook {
  readonly #byName = new Map<string, BookedReminder>();
  readonly #byEvent = new Map<string, Set<BookedReminder>>();

  get(key: ReminderKey): BookedReminder | undefined {
    return this.#byName.get(reminderName(key));
  }

  all(): Iterable<BookedReminder> {
    return this.#byName.values();
  }

  ofEvent(calendarId: CalendarId, eventId: EventId): readonly BookedReminder[] {
    return [...(this.#byEvent.get(`${calendarId} ${eventId}`) ?? [])];
  }

  add(key: ReminderKey, start: Instant, dueAt: Instant): void {
    const reminder: BookedReminder = {
      key,
      start,
      dueAt,
      status: 'pending',
      attendAt: dueAt,
      claimedBy: undefined,
      content: undefined,
      late: false,
      attempts: 0,
      error: null,
      channel: null,
      sentAt: null,
      sending: undefined,
    };
    this.#byName.set(reminderName(key), reminder);
    const name = `${key.calendarId} ${key.eventId}`;
    const ofEvent = this.#byEvent.get(name) ?? new Set();
    this.#byEvent.set(name, ofEvent.add(reminder));
  }

  remove(reminder: BookedReminder): void {
    const { calendarId, eventId } = reminder.key;
    this.#byName.delete(reminderName(reminder.key));
    this.#byEvent.get(`${calendarId} ${eventId}`)?.delete(reminder);
  }
}
