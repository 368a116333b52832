import type { ChangedEvent } from '../../event/event-store.ts';
import type { EventDraft } from '../../event/event.ts';
import type { PlannedOccurrence } from '../../occurrence/override.ts';
import { changeReminders, isActive, toldOf, type StoredReminder } from '../../reminder/change-reminders.ts';
import { planReminders, type PlannedReminder } from '../../reminder/plan-reminders.ts';
import { MIN_INSTANT, type Instant } from '../../time/instant.ts';
import type { MemoryState, StoredEvent } from './memory-state.ts';
import type { BookedReminder } from './reminder-book.ts';

type EventKey = Pick<EventDraft, 'calendarId' | 'id'>;

/**
 * Brings the reminders of an event that was added or changed into line with it.
 * @param before the occurrences that it had.
 */
export function keepReminders(
  state: MemoryState,
  changed: ChangedEvent,
  before: readonly PlannedOccurrence[],
  now: Instant,
): void {
  const { event, occurrences, successor } = changed;
  const told = toldOf(storedOf(state, event));
  apply(state, event, planReminders(event, occurrences, now), before);
  if (!successor) return;
  const planned = planReminders(successor.event, successor.occurrences, now);
  apply(state, successor.event, planned, [], told);
}

/** Adds the reminders of occurrences that became rows. */
export function addRemindersOf(
  state: MemoryState,
  event: EventDraft,
  occurrences: readonly PlannedOccurrence[],
): void {
  // What lies so far ahead is planned as if nothing were over; whatever is, schedulers find out.
  for (const { recurrenceId, before, start, dueAt } of planReminders(event, occurrences, MIN_INSTANT)) {
    const key = { calendarId: event.calendarId, eventId: event.id, recurrenceId, before, version: 0 };
    state.reminders.add(key, start, dueAt);
  }
}

/** Cancels what an event that is about to be deleted still has to come, and keeps what it was called. */
export function cancelRemindersOf(state: MemoryState, { event }: StoredEvent): void {
  for (const reminder of state.reminders.ofEvent(event.calendarId, event.id)) {
    reminder.content ??= contentOf(state, reminder);
    if (isActive(reminder)) cancel(reminder);
  }
}

/** What the event says of a reminder now; undefined where the event is gone. */
export function contentOf(state: MemoryState, { key }: BookedReminder): BookedReminder['content'] {
  const owner = state.calendars.get(key.calendarId)?.calendar.owner;
  const stored = owner && state.eventsOf(owner).get(key.eventId);
  if (!stored) return undefined;
  const { event, occurrences } = stored;
  const row = occurrences.find(({ recurrenceId }) => recurrenceId === key.recurrenceId);
  return {
    user: event.owner,
    title: row?.changes?.title ?? event.title,
    isAllDay: event.schedule.kind === 'all-day',
    timeZone: event.timeZone,
  };
}

function apply(
  state: MemoryState,
  { calendarId, id }: EventKey,
  planned: readonly PlannedReminder[],
  before: readonly PlannedOccurrence[],
  told?: ReadonlySet<string>,
): void {
  const change = changeReminders(storedOf(state, { calendarId, id }), planned, before, told);
  const keyOf = ({ recurrenceId, before, version }: StoredReminder) => ({
    calendarId,
    eventId: id,
    recurrenceId,
    before,
    version,
  });
  for (const one of change.cancelled) cancel(state.reminders.get(keyOf(one)));
  for (const one of change.moved) {
    const reminder = state.reminders.get(keyOf(one));
    if (!reminder) continue;
    reminder.dueAt = one.dueAt;
    reminder.attendAt = one.dueAt;
    reminder.claimedBy = undefined;
  }
  for (const one of change.added) state.reminders.add(keyOf(one), one.start, one.dueAt);
}

function cancel(reminder: BookedReminder | undefined): void {
  if (!reminder) return;
  reminder.status = 'cancelled';
  reminder.attendAt = undefined;
}

function storedOf(state: MemoryState, { calendarId, id }: EventKey): readonly StoredReminder[] {
  return state.reminders
    .ofEvent(calendarId, id)
    .map(({ key, start, dueAt, status }) => ({ ...key, start, dueAt, status }));
}
