import { Temporal } from 'temporal-polyfill';
import { END_OF_TIME, SECONDS_PER_DAY } from './civil/civil-date.ts';
import { expand } from './expand-series.ts';
import type { Occurrence } from './occurrence.ts';
import { isBounded } from './series.ts';
import type { RecurrenceSeries } from './series.ts';
import { openBudget } from './step-budget.ts';
import type { BudgetOption, StepBudget } from './step-budget.ts';
import { floorToSecond } from './temporal-edge.ts';

/** The first occurrence that starts after an instant. Throws `budget_exceeded`. */
export function next(
  series: RecurrenceSeries,
  after: Temporal.Instant,
  budget?: BudgetOption,
): Occurrence | undefined {
  return firstFrom(series, floorToSecond(after) + 1, openBudget(budget));
}

/** The first occurrence: DTSTART, unless an EXDATE removes it. Throws `budget_exceeded`. */
export function first(series: RecurrenceSeries, budget?: BudgetOption): Occurrence | undefined {
  return expand(series, {}, openBudget(budget)).next().value ?? undefined;
}

/**
 * The last occurrence of a series that ends (see {@link isBounded}); undefined if it never ends or has no
 * occurrence. It is sought by halving the time in which it may lie. Throws `budget_exceeded`.
 */
export function last(series: RecurrenceSeries, budget?: BudgetOption): Occurrence | undefined {
  if (!isBounded(series)) {
    return undefined;
  }
  const spent = openBudget(budget);
  let found = first(series, spent);
  let end = END_OF_TIME + SECONDS_PER_DAY;
  // The very next second comes first: a rule that has nothing more is looked through once, not at each halving.
  let probe = found === undefined ? end : found.startMs / 1000 + 1;
  while (found !== undefined && probe < end) {
    const later = firstFrom(series, probe, spent);
    if (later === undefined) {
      end = probe;
    } else {
      found = later;
    }
    probe = Math.ceil((found.startMs / 1000 + end) / 2);
  }
  return found;
}

function firstFrom(
  series: RecurrenceSeries,
  epochSeconds: number,
  budget: StepBudget,
): Occurrence | undefined {
  const from = Temporal.Instant.fromEpochMilliseconds(epochSeconds * 1000);
  return expand(series, { from }, budget).next().value ?? undefined;
}
