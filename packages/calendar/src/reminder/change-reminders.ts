import type { OccurrenceSpan } from '../occurrence/occurrence.ts';
import type { Instant } from '../time/instant.ts';
import type { PlannedReminder } from './plan-reminders.ts';
import type { ReminderKey, ReminderStatus } from './reminder.ts';

type Occurrence = Pick<OccurrenceSpan, 'recurrenceId' | 'start'>;

/** A reminder of one event as it is stored. */
export interface StoredReminder extends Pick<ReminderKey, 'recurrenceId' | 'before' | 'version'> {
  readonly start: Instant;
  readonly dueAt: Instant;
  readonly status: ReminderStatus;
}

/** What a change of an event does to its reminders. */
export interface ReminderChange {
  /** Their occurrence has another time, or is gone, or they were taken back. */
  readonly cancelled: readonly StoredReminder[];
  /** Their time has changed though that of their occurrence has not: the zone says when it is a day before. */
  readonly moved: readonly StoredReminder[];
  readonly added: readonly StoredReminder[];
}

/**
 * Compares what is stored of an event's reminders with what the event has now. What became of a reminder stays
 * as long as its occurrence keeps its time; an occurrence that gets another one is reminded of anew.
 * @param stored all of the event's, whatever their status.
 * @param before the occurrences that the event had until now: one that comes back is a new one.
 * @param told reminders, as toldOf names them, that somebody has got already of the event that this one
 *   goes on from: they are not due at once a second time.
 */
export function changeReminders(
  stored: readonly StoredReminder[],
  planned: readonly PlannedReminder[],
  before: readonly Occurrence[],
  told: ReadonlySet<string> = new Set(),
): ReminderChange {
  const latest = latestOf(stored);
  const kept = new Set(before.map(occurrenceName));
  const wanted = new Map(planned.map((reminder) => [nameOf(reminder), reminder]));
  const cancelled = stored.filter((one) => isActive(one) && wanted.get(nameOf(one))?.start !== one.start);
  const moved: StoredReminder[] = [];
  const added: StoredReminder[] = [];
  for (const reminder of planned) {
    const { recurrenceId, before, start, dueAt, when } = reminder;
    const last = latest.get(nameOf(reminder));
    const isKnown =
      last?.start === start && last.status !== 'cancelled' && kept.has(occurrenceName(reminder));
    if (when === 'over') continue;
    if (!isKnown) {
      if (when === 'now' && told.has(toldName(reminder))) continue;
      const version = last ? last.version + 1 : 0;
      added.push({ recurrenceId, before, version, start, dueAt, status: 'pending' });
    } else if (last.status === 'pending' && last.dueAt !== dueAt && isSooner(reminder, last)) {
      moved.push({ ...last, dueAt });
    }
  }
  return { cancelled, moved, added };
}

/** Names the reminders of an event that somebody has got, or is getting. */
export function toldOf(stored: readonly StoredReminder[]): ReadonlySet<string> {
  return new Set(stored.filter(({ status }) => status === 'sent' || status === 'sending').map(toldName));
}

/** What has begun to be due stays due; what is ahead follows the clock. */
function isSooner({ when, dueAt }: PlannedReminder, stored: StoredReminder): boolean {
  return when === 'ahead' || stored.dueAt > dueAt;
}

export function isActive({ status }: Pick<StoredReminder, 'status'>): boolean {
  return status === 'pending' || status === 'published' || status === 'sending';
}

function latestOf(stored: readonly StoredReminder[]): ReadonlyMap<string, StoredReminder> {
  const latest = new Map<string, StoredReminder>();
  for (const reminder of stored) {
    const name = nameOf(reminder);
    if ((latest.get(name)?.version ?? -1) < reminder.version) latest.set(name, reminder);
  }
  return latest;
}

function occurrenceName({ recurrenceId, start }: Occurrence): string {
  return `${recurrenceId} ${start}`;
}

function nameOf({ recurrenceId, before }: Pick<ReminderKey, 'recurrenceId' | 'before'>): string {
  return `${recurrenceId} ${before}`;
}

function toldName({ start, before }: { readonly start: Instant; readonly before: string }): string {
  return `${start} ${before}`;
}
