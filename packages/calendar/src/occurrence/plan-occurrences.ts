import { countUpTo, StepBudget } from '@daywatch/recurrence';
import { ErrInvalidEvent } from '../errors.ts';
import type { EventDraft } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { MAX_INSTANT, toInstant } from '../time/instant.ts';
import { DAY_MS } from '../time/plain-date.ts';
import { explainRecurrence } from './explain-recurrence.ts';
import { findOccurrence, occurrencesOf } from './occurrences-of.ts';
import { planOccurrence, type OccurrenceOverride, type PlannedOccurrence } from './override.ts';
import { spanOf } from './occurrence.ts';
import { isEndless, seriesOf, toTemporal, type EventTiming } from './series-of.ts';

/** How many occurrences of one event may be rows. */
export const MAX_OCCURRENCES = 5_000;

/** How far ahead of the present the occurrences of endless series are rows. */
const HORIZON_MS = 731 * DAY_MS;

/** What planning one event may take: a write is worth more work than a read. */
const PLAN_STEPS = 2_000_000;

/** The instant up to which endless series have rows: two years from now. */
export function horizonFrom(now: Instant): Instant {
  return toInstant(now + HORIZON_MS);
}

/**
 * The horizon of a series that is written: two years from its start where that lies ahead, so that two series
 * that begin later are compared with each other, too.
 */
export function horizonOf({ schedule, timeZone }: EventTiming, now: Instant): Instant {
  const { start } = spanOf(schedule, timeZone);
  return toInstant(Math.min(Math.max(horizonFrom(now), start + HORIZON_MS), MAX_INSTANT));
}

/** An event with every occurrence of it that is to be a row. */
export interface OccurrencePlan<T extends EventDraft = EventDraft> {
  readonly event: T;
  readonly occurrences: readonly PlannedOccurrence[];
}

/**
 * Plans the rows of an event: all of its occurrences, or, where they do not end, those that start before
 * the horizon and those further ahead that were changed.
 * @param horizon exclusive; kept with the event where it is endless.
 * @param isUnlimited for what was in bounds when its owner said it, and grew since by the horizon alone.
 * @throws ErrInvalidEvent where there are none, or more than MAX_OCCURRENCES.
 */
export function planOccurrences<T extends EventDraft>(
  event: T,
  overrides: readonly OccurrenceOverride[],
  horizon: Instant,
  isUnlimited = false,
): OccurrencePlan<T> {
  const { materialisedUntil: _, ...rest } = event;
  return explainRecurrence(() => {
    const isOpen = isEndless(event);
    const planned = (isOpen ? { ...rest, materialisedUntil: horizon } : rest) as T;
    const window = isOpen ? { to: horizon } : {};
    const budget = new StepBudget(PLAN_STEPS);
    const spans = occurrencesOf(event, window, budget);
    const changes = new Map(overrides.map((override) => [override.recurrenceId, override.changes]));
    const occurrences: PlannedOccurrence[] = [];
    for (const span of spans) {
      if (occurrences.length === MAX_OCCURRENCES && !isUnlimited) throw tooMany(event, horizon);
      occurrences.push(planOccurrence(event, span, changes.get(span.recurrenceId)));
      changes.delete(span.recurrenceId);
    }
    for (const [recurrenceId, changed] of [...changes].toSorted(([a], [b]) => a - b)) {
      const span = isOpen ? findOccurrence(event, recurrenceId, budget) : undefined;
      if (span) occurrences.push(planOccurrence(event, span, changed));
    }
    if (occurrences.length === 0 && !(isOpen && hasAny(event, budget))) throw nothingLeft();
    return { event: planned, occurrences };
  });
}

function hasAny(event: EventDraft, budget: StepBudget): boolean {
  return occurrencesOf(event, {}, budget).next().done !== true;
}

function tooMany(event: EventDraft, horizon: Instant): ErrInvalidEvent {
  const isOpen = isEndless(event);
  const window = isOpen ? { to: toTemporal(horizon) } : {};
  const count = countUpTo(seriesOf(event), MAX_OCCURRENCES, window, new StepBudget(PLAN_STEPS));
  const about = count.kind === 'over' ? Math.max(count.about, MAX_OCCURRENCES + 1) : count.count;
  const where = isOpen ? ' in two years (it has no end)' : '';
  const description = `makes about ${about} occurrences${where}; allowed are 1 to ${MAX_OCCURRENCES}: give a smaller COUNT, an earlier UNTIL, or a larger INTERVAL`;
  return new ErrInvalidEvent([{ field: 'recurrence.rrule', description }]);
}

function nothingLeft(): ErrInvalidEvent {
  const description = 'leaves no occurrence; allowed are rules and dates that leave at least one';
  return new ErrInvalidEvent([{ field: 'recurrence', description }]);
}
