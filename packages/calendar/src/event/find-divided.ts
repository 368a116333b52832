import { formatRule, parseRule, RecurrenceError, StepBudget } from '@daywatch/recurrence';
import type { CalendarContext } from '../context.ts';
import { ErrInvalidEvent } from '../errors.ts';
import type { ParsedRecurrenceId } from '../occurrence/find-occurrence.ts';
import { findOccurrence } from '../occurrence/occurrences-of.ts';
import { DAY_MS } from '../time/plain-date.ts';
import { applyPatch } from './change-event.ts';
import type { EventInput } from './event-input.ts';
import type { Event, EventId, UserId } from './event.ts';
import { countBefore } from './split-series.ts';
import { calendarZone, presentOf } from './update-event.ts';

/** What finding out where a series was divided may take. */
const FIND_STEPS = 1_000_000;

/** A change of an occurrence and all that follow. */
export interface FollowingChange {
  readonly user: UserId;
  readonly id: EventId;
  readonly recurrenceId: ParsedRecurrenceId;
  readonly patch: EventInput;
}

/**
 * The event that this very change has made already: a client that got no answer sends it again. The series ends right
 * before the occurrence, and what goes on from it is as the patch says.
 */
export async function findDivided(
  context: CalendarContext,
  { user, id, recurrenceId, patch }: FollowingChange,
  signal: AbortSignal | undefined,
): Promise<Event | undefined> {
  const head = await context.events.get(user, id, signal);
  if (!head?.continuedBy || !wasDividedAt(head, recurrenceId)) return undefined;
  const tail = await context.events.get(user, head.continuedBy, signal);
  if (tail?.continues !== id) return undefined;
  // What names the event names its first half.
  const { id: _, uid: __, ...fields } = patch;
  const zone = patch.time_zone === null ? await calendarZone(context, user, id, signal) : tail.timeZone;
  try {
    return applyPatch(tail, [], fields, zone, presentOf(context)) === undefined ? tail : undefined;
  } catch (error) {
    if (error instanceof ErrInvalidEvent) return undefined;
    throw error;
  }
}

/** Whether a rule of the series ends as it does where it is divided at the occurrence. */
function wasDividedAt(head: Event, { kind, value }: ParsedRecurrenceId): boolean {
  if (!head.recurrence?.rrule || head.schedule.kind !== kind) return false;
  const rule = parseRule(head.recurrence.rrule);
  switch (rule.bound.kind) {
    case 'never':
      return false;
    case 'until':
      return rule.bound.until.seconds * 1000 === value - (kind === 'all-day' ? DAY_MS : 1000);
    case 'count': {
      const rrule = formatRule({ ...rule, bound: { kind: 'never' } });
      const endless = { ...head, recurrence: { ...head.recurrence, rrule } };
      return isNumber(endless, value, rule.bound.count);
    }
    default:
      return rule.bound satisfies never;
  }
}

/** Whether the series has the occurrence, and its rule makes so many before it. */
function isNumber(event: Event, recurrenceId: ParsedRecurrenceId['value'], count: number): boolean {
  const budget = new StepBudget(FIND_STEPS);
  try {
    return (
      findOccurrence(event, recurrenceId, budget) !== undefined &&
      countBefore(event, { recurrenceId }, budget) === count
    );
  } catch (error) {
    if (error instanceof RecurrenceError) return false;
    throw error;
  }
}
