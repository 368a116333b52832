import { formatRule, parseRule, StepBudget, type RecurrenceRule } from '@daywatch/recurrence';
import { firstOccurrence, recurrenceIdsOf } from '../occurrence/occurrences-of.ts';
import { originalSchedule, type OccurrenceOverride } from '../occurrence/override.ts';
import { idOf } from '../occurrence/original-start.ts';
import { isEndless, type EventTiming } from '../occurrence/series-of.ts';
import type { OccurrenceSpan } from '../occurrence/occurrence.ts';
import { MIN_INSTANT, toInstant, type Instant } from '../time/instant.ts';
import { DAY_MS } from '../time/plain-date.ts';
import type { WallTime } from '../time/wall-time.ts';
import { ErrInvalidEvent } from '../errors.ts';
import type { Event, Recurrence } from './event.ts';
import { spellOut } from './spell-out-rule.ts';

/** How many occurrences of an endless series are compared to find out whether it goes on as it did. */
const COMPARED = 1_000;

/** What dividing one series may take. */
const SPLIT_STEPS = 5_000_000;

/** A rule that makes DTSTART alone: what is left where a half has no other occurrence. */
const ONCE = 'FREQ=DAILY;COUNT=1';

/**
 * Ends a series before one of its occurrences, which is not its first.
 * @returns the recurrence that makes all the earlier ones, and no other.
 */
export function truncateRecurrence(event: EventTiming, at: OccurrenceSpan): Recurrence {
  const recurrence = event.recurrence as Recurrence;
  const isEarlier = (wall: WallTime): boolean => idOf(event, wall) < at.recurrenceId;
  const rdates = recurrence.rdates.filter(isEarlier);
  const exdates = recurrence.exdates.filter(isEarlier);
  if (recurrence.rrule === '') return { rrule: rdates.length > 0 ? '' : ONCE, exdates, rdates };
  const rule = parseRule(recurrence.rrule);
  if (rule.bound.kind === 'count') {
    const counted = countedHead(event, at, rule, { exdates, rdates });
    if (counted) return counted;
  }
  const stepMs = event.schedule.kind === 'all-day' ? DAY_MS : 1000;
  const until: RecurrenceRule = {
    ...rule,
    bound: {
      kind: 'until',
      until: {
        kind: event.schedule.kind === 'all-day' ? 'date' : 'utc',
        seconds: (at.recurrenceId - stepMs) / 1000,
      },
    },
  };
  return { rrule: formatRule(until), exdates, rdates };
}

/**
 * The part of a series from one of its occurrences on, as a series of its own that begins there: the same
 * occurrences, by the same rule. Where the rule takes something from DTSTART that the occurrence does not
 * have (its day of the month, its time), that is spelled out in the rule.
 * @throws ErrInvalidEvent where no rule goes on in the same way.
 */
export function continueSeries<T extends EventTiming>(event: T, at: OccurrenceSpan): T {
  const recurrence = event.recurrence as Recurrence;
  const budget = new StepBudget(SPLIT_STEPS);
  const schedule = originalSchedule(event, at);
  const isLater = (wall: WallTime): boolean => idOf(event, wall) > at.recurrenceId;
  const dates = { exdates: recurrence.exdates.filter(isLater), rdates: recurrence.rdates.filter(isLater) };
  const wanted = idsFrom(event, at.recurrenceId, budget);
  for (const rrule of continuations(event, at, dates.rdates, budget)) {
    const tail = { ...event, schedule, recurrence: { rrule, ...dates } };
    if (sameIds(wanted, idsFrom(tail, at.recurrenceId, budget))) return tail;
  }
  const description =
    'cannot go on from this occurrence, which its rule does not make; allowed is to change it alone, or from an occurrence of the rule on';
  throw new ErrInvalidEvent([{ field: 'recurrence.rrule', description }]);
}

/** COUNT divided: none where no number makes the same occurrences (two of them on one instant). */
function countedHead(
  event: EventTiming,
  at: OccurrenceSpan,
  rule: RecurrenceRule,
  dates: Omit<Recurrence, 'rrule'>,
): Recurrence | undefined {
  const budget = new StepBudget(SPLIT_STEPS);
  const count = countBefore(event, at, budget);
  const bound = { kind: 'count', count } as const;
  const recurrence = { rrule: formatRule({ ...rule, bound }), ...dates };
  const wanted = idsFrom(event, MIN_INSTANT, budget).filter((id) => id < at.recurrenceId);
  return sameIds(wanted, idsFrom({ ...event, recurrence }, MIN_INSTANT, budget)) ? recurrence : undefined;
}

/** Whether nothing of the series is left before the occurrence, so that there is nothing to divide. */
export function isFirst(
  event: Event,
  overrides: readonly OccurrenceOverride[],
  { recurrenceId }: OccurrenceSpan,
): boolean {
  const first = firstOccurrence(event);
  // What was changed stays also where what is around it was forgotten.
  return (
    (first === undefined || first.recurrenceId >= recurrenceId) &&
    overrides.every((override) => override.recurrenceId >= recurrenceId)
  );
}

/** What an override goes with: the half that has its occurrence. */
export function isFrom(at: OccurrenceSpan): (override: OccurrenceOverride) => boolean {
  return ({ recurrenceId }) => recurrenceId >= at.recurrenceId;
}

/** The rules that may go on from the occurrence, the most likely first. */
function* continuations(
  event: EventTiming,
  at: OccurrenceSpan,
  rdates: readonly WallTime[],
  budget: StepBudget,
): Generator<string, void, undefined> {
  const recurrence = event.recurrence as Recurrence;
  if (recurrence.rrule === '') {
    yield rdates.length > 0 ? '' : ONCE;
    return;
  }
  const rule = parseRule(recurrence.rrule);
  for (const spelled of [rule, ...spellOut(rule, event)]) {
    if (spelled.bound.kind !== 'count') {
      yield formatRule(spelled);
      continue;
    }
    const left = spelled.bound.count - countBefore(event, at, budget);
    // Times that a clock change puts on one instant use up two of COUNT, and an RDATE that becomes DTSTART
    // uses up one: the rule that goes on in the same way is among the neighbours.
    for (const change of [0, 1, -1, 2, -2]) {
      const count = left + change;
      if (count >= 1) yield formatRule({ ...spelled, bound: { kind: 'count', count } });
    }
  }
}

/** How many occurrences the rule alone, without dates, makes before the occurrence. */
export function countBefore(
  event: EventTiming,
  at: Pick<OccurrenceSpan, 'recurrenceId'>,
  budget: StepBudget,
): number {
  const { rrule } = event.recurrence as Recurrence;
  const alone = { ...event, recurrence: { rrule, exdates: [], rdates: [] } };
  let count = 0;
  for (const id of recurrenceIdsOf(alone, {}, budget)) {
    if (id >= at.recurrenceId) break;
    count++;
  }
  return count;
}

/** The recurrence ids from one on: all, or the first many where they do not end. */
function idsFrom(event: EventTiming, from: Instant, budget: StepBudget): readonly Instant[] {
  const limit = isEndless(event) ? COMPARED : Infinity;
  const ids: Instant[] = [];
  // The midnight of a date lies within two days of the same civil time in UTC.
  const start = event.schedule.kind === 'timed' ? from : toInstant(from - 2 * DAY_MS);
  for (const id of recurrenceIdsOf(event, { from: start }, budget)) {
    if (ids.length >= limit) break;
    if (id >= from) ids.push(id);
  }
  return ids;
}

function sameIds(a: readonly Instant[], b: readonly Instant[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
