import { horizonOf } from '../occurrence/horizon.ts';
import { planOccurrences } from '../occurrence/plan-occurrences.ts';
import { formatRecurrenceId } from '../occurrence/occurrence.ts';
import { explainRecurrence } from '../occurrence/explain-recurrence.ts';
import { firstOccurrence } from '../occurrence/occurrences-of.ts';
import { originalSchedule, type OccurrenceOverride } from '../occurrence/override.ts';
import type { Acceptance } from '../occurrence/plan-rows.ts';
import { toInstant, type Instant } from '../time/instant.ts';
import type { TimeZoneId } from '../time/time-zone.ts';
import type { EventInput } from './event-input.ts';
import type { PlannedEvent } from './event-store.ts';
import { sameContent, sameSchedule, type Event, type EventContent } from './event.ts';
import { parseEventPatch } from './parse-event.ts';
import { carryOverrides, shiftRecurrence } from './shift-series.ts';

/** The present as a change sees it. */
export interface Present {
  readonly now: Instant;
}

/** An event as it is to be stored, and what its change lost. */
export interface AppliedChange {
  readonly planned: PlannedEvent;
  /** Recurrence ids of changed occurrences that the new series does not have, as the API spells them. */
  readonly dropped: readonly string[];
}

/**
 * Applies a merge patch to an event with its changed occurrences.
 * @param defaultZone what clearing `time_zone` gives.
 * @param isForced for where more has changed than the patch says.
 * @returns undefined where nothing changes.
 * @throws ErrInvalidEvent
 */
export function applyPatch(
  current: Event,
  overrides: readonly OccurrenceOverride[],
  patch: EventInput,
  defaultZone: TimeZoneId,
  present: Present,
  isForced = false,
): AppliedChange | undefined {
  const content = parseEventPatch(
    patch,
    patch.recurrence === null ? onceOnly(current) : current,
    defaultZone,
  );
  if (!isForced && sameContent(content, current)) return undefined;
  const { kept, dropped } = carryOverrides(current, content, overrides);
  const sequence = current.sequence + (isMoved(current, content) ? 1 : 0);
  const event = { ...current, ...content, sequence, updatedAt: present.now };
  return {
    planned: replan(current, event, kept, present, saysRule(current, content) ? 'new' : 'accepted'),
    dropped: dropped.map((id) => formatRecurrenceId(id, current.schedule.kind)),
  };
}

/**
 * Plans what replaces an event. A series whose times stay keeps its horizon, so that its rows and what they
 * clash with stay as they are; one whose times change is compared with others up to the present horizon.
 * @param acceptance what is known of the rule where times change.
 */
export function replan(
  current: Event,
  next: Event,
  overrides: readonly OccurrenceOverride[],
  { now }: Present,
  acceptance: Acceptance = 'accepted',
): PlannedEvent {
  const horizon = horizonOf(next, now);
  const keepsTimes = sameTimes(current, next);
  const known = current.materialisedUntil;
  const reached = known === undefined ? horizon : keepsTimes ? known : toInstant(Math.max(known, horizon));
  const { revision: _, hasConflicts: __, ...draft } = next;
  return planOccurrences(draft, overrides, reached, keepsTimes ? 'stored' : acceptance);
}

/** The event as it is to be where it is to take place once: at the first occurrence that is left. */
function onceOnly(current: Event): Event {
  if (!current.recurrence) return current;
  const first = explainRecurrence(() => firstOccurrence(current));
  return first ? { ...current, schedule: originalSchedule(current, first) } : current;
}

/** Whether the owner says other occurrences now, and not only where or when they are, or which are left out. */
function saysRule(before: Event, after: EventContent): boolean {
  if (!after.recurrence) return false;
  const moved = shiftRecurrence(before, after);
  return moved?.rrule !== after.recurrence.rrule || moved.rdates.join() !== after.recurrence.rdates.join();
}

/** Whether both take place at the same times, but for what EXDATEs leave out. */
function sameTimes(a: Event, b: Event): boolean {
  return (
    !isMoved({ ...a, recurrence: null }, { ...b, recurrence: null }) &&
    a.recurrence?.rrule === b.recurrence?.rrule &&
    a.recurrence?.rdates.join() === b.recurrence?.rdates.join() &&
    a.busy === b.busy
  );
}

function isMoved(before: EventContent, after: EventContent): boolean {
  return (
    !sameSchedule(before.schedule, after.schedule) ||
    before.timeZone !== after.timeZone ||
    JSON.stringify(before.recurrence) !== JSON.stringify(after.recurrence)
  );
}
