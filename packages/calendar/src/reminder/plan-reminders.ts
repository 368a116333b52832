import type { EventContent } from '../event/event.ts';
import type { PlannedOccurrence } from '../occurrence/override.ts';
import type { Instant } from '../time/instant.ts';
import { dueAt } from './due-at.ts';

/** A reminder that an occurrence has by what its event says now. */
export interface PlannedReminder {
  readonly recurrenceId: Instant;
  /** When the occurrence starts. */
  readonly start: Instant;
  readonly before: string;
  readonly dueAt: Instant;
  /**
   * Whether it is due later, or at once, or would have been due and is not sent any more.
   * See planReminders.
   */
  readonly when: 'ahead' | 'now' | 'over';
}

/**
 * The reminders of an event's occurrences. Of what has started nobody is reminded. Where reminders of an
 * occurrence that has not would have been due before the event was written, the last of them is due at once: who
 * writes down at 9:55 what starts at 10:00 is reminded, and not three times.
 * @param now when the event is written.
 */
export function planReminders(
  { notifyBefore, timeZone }: Pick<EventContent, 'notifyBefore' | 'timeZone'>,
  occurrences: readonly PlannedOccurrence[],
  now: Instant,
): readonly PlannedReminder[] {
  return occurrences.flatMap(({ recurrenceId, start, changes }) => {
    const reminders = (changes?.notifyBefore ?? notifyBefore).map((before) => ({
      recurrenceId,
      start,
      before,
      dueAt: dueAt(start, before, timeZone),
    }));
    const last = start > now ? findLast(reminders, now) : undefined;
    return reminders.map((reminder): PlannedReminder => {
      if (start <= now) return { ...reminder, when: 'over' };
      if (reminder.dueAt > now) return { ...reminder, when: 'ahead' };
      return reminder === last ? { ...reminder, dueAt: now, when: 'now' } : { ...reminder, when: 'over' };
    });
  });
}

/** Whether an event, or an occurrence of it, has reminders. */
export function hasReminders(
  { notifyBefore }: Pick<EventContent, 'notifyBefore'>,
  occurrences: readonly Pick<PlannedOccurrence, 'changes'>[],
): boolean {
  if (notifyBefore.length > 0) return true;
  return occurrences.some(({ changes }) => (changes?.notifyBefore?.length ?? 0) > 0);
}

/** Those that a new event is stored with. */
export function isToCome({ when }: PlannedReminder): boolean {
  return when !== 'over';
}

function findLast<T extends { readonly dueAt: Instant }>(
  reminders: readonly T[],
  now: Instant,
): T | undefined {
  let last: T | undefined;
  for (const reminder of reminders) {
    if (reminder.dueAt <= now && (!last || reminder.dueAt >= last.dueAt)) last = reminder;
  }
  return last;
}
