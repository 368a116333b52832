import { encodeTimestamp, type Queries, type SqlParameter } from '@daywatch/service-kit/postgres';
import type { EventDraft } from '../../event/event.ts';
import type { PlannedEvent } from '../../event/event-store.ts';
import {
  changeReminders,
  toldOf,
  type ReminderChange,
  type StoredReminder,
} from '../../reminder/change-reminders.ts';
import {
  hasReminders,
  isToCome,
  planReminders,
  type PlannedReminder,
} from '../../reminder/plan-reminders.ts';
import type { PlannedOccurrence } from '../../occurrence/override.ts';
import { toInstant, type Instant } from '../../time/instant.ts';
import {
  addReminders,
  cancelReminders,
  lockReminders,
  moveReminders,
  type StoredReminderRow,
} from './sql/reminders-of-event.ts';

/** The reminders of a new event, as arrays: of which occurrence, when it starts, how long before, when due. */
export function reminderParameters(planned: PlannedEvent): readonly SqlParameter[] {
  const reminders = planReminders(planned.event, planned.occurrences, planned.event.updatedAt).filter(
    isToCome,
  );
  return [
    reminders.map(({ recurrenceId }) => encodeTimestamp(recurrenceId)),
    reminders.map(({ start }) => encodeTimestamp(start)),
    reminders.map(({ before }) => before),
    reminders.map(({ dueAt }) => encodeTimestamp(dueAt)),
  ];
}

/**
 * Brings the reminders of an event that was changed into line with it, in the transaction of the change. Events
 * without reminders cost nothing.
 * @param before the event and its rows before the change.
 * @param now when the change is made.
 */
export async function keepReminders(
  queries: Queries,
  before: { readonly event: EventDraft; readonly occurrences: readonly PlannedOccurrence[] },
  changed: PlannedEvent & { readonly successor?: PlannedEvent },
  now: Instant,
): Promise<void> {
  const { event, occurrences, successor } = changed;
  const isConcerned =
    hasReminders(before.event, before.occurrences) ||
    hasReminders(event, occurrences) ||
    (successor && hasReminders(successor.event, successor.occurrences));
  if (!isConcerned) return;
  const rows = await queries.query(lockReminders, [event.calendarId, event.id]);
  const stored = rows.map(toStoredReminder);
  const change = changeReminders(stored, planReminders(event, occurrences, now), before.occurrences);
  await applyChange(queries, event, change);
  if (!successor) return;
  const planned = planReminders(successor.event, successor.occurrences, now);
  await applyChange(queries, successor.event, changeReminders([], planned, [], toldOf(stored)));
}

/** Adds the reminders of occurrences that became rows. */
export async function addPlannedReminders(
  queries: Queries,
  event: Pick<EventDraft, 'calendarId' | 'id'>,
  planned: readonly PlannedReminder[],
): Promise<void> {
  await applyChange(queries, event, changeReminders([], planned, []));
}

async function applyChange(
  queries: Queries,
  event: Pick<EventDraft, 'calendarId' | 'id'>,
  { cancelled, moved, added }: ReminderChange,
): Promise<void> {
  const dueAt = (reminders: readonly StoredReminder[]): SqlParameter =>
    reminders.map((reminder) => encodeTimestamp(reminder.dueAt));
  const starts = added.map(({ start }) => encodeTimestamp(start));
  await Promise.all([
    cancelled.length > 0 && queries.query(cancelReminders, rowParameters(event, cancelled)),
    moved.length > 0 && queries.query(moveReminders, [...rowParameters(event, moved), dueAt(moved)]),
    added.length > 0 && queries.query(addReminders, [...rowParameters(event, added), starts, dueAt(added)]),
  ]);
}

function rowParameters(
  { calendarId, id }: Pick<EventDraft, 'calendarId' | 'id'>,
  reminders: readonly StoredReminder[],
): readonly SqlParameter[] {
  return [
    calendarId,
    id,
    reminders.map(({ recurrenceId }) => encodeTimestamp(recurrenceId)),
    reminders.map(({ before }) => before),
    reminders.map(({ version }) => version),
  ];
}

function toStoredReminder(row: StoredReminderRow): StoredReminder {
  return {
    recurrenceId: toInstant(row.recurrence_id),
    before: row.notify_before,
    version: row.version,
    start: toInstant(row.starts_at),
    dueAt: toInstant(row.due_at),
    status: row.status,
  };
}
