import { END_OF_TIME } from './civil/civil-date.ts';
import { expand } from './expand-series.ts';
import type { TimeWindow } from './expand-series.ts';
import { RecurrenceError } from './recurrence-error.ts';
import { isBounded } from './series.ts';
import type { RecurrenceSeries } from './series.ts';
import { openBudget } from './step-budget.ts';
import type { BudgetOption, StepBudget } from './step-budget.ts';
import { ceilToSecond } from './temporal-edge.ts';

/** How many occurrences there are: exactly, or that there are more than was asked for. */
export type OccurrenceCount =
  | { readonly kind: 'exact'; readonly count: number }
  /**
   * More than the limit. `about` is the number that the rule makes, without walking it: EXDATEs, RDATEs and
   * times that a clock change puts on one instant are not taken into account, and where counting itself goes over
   * the budget it is only `limit + 1`. Infinity for an endless series
   * without an end of the window.
   */
  | { readonly kind: 'over'; readonly limit: number; readonly about: number };

/**
 * Counts the occurrences that start in the window, walking no more than `limit + 1` of them, so that a hostile
 * rule cannot make it long. Throws `budget_exceeded` where even that takes too many steps.
 */
export function countUpTo(
  series: RecurrenceSeries,
  limit: number,
  window: TimeWindow = {},
  budget?: BudgetOption,
): OccurrenceCount {
  const spent = openBudget(budget);
  let count = 0;
  for (const _ of expand(series, window, spent)) {
    count += 1;
    if (count > limit) {
      return { kind: 'over', limit, about: Math.max(count, estimate(series, window, spent)) };
    }
  }
  return { kind: 'exact', count };
}

/** The rule's count, or nothing where even that goes over the budget. */
function estimate(series: RecurrenceSeries, window: TimeWindow, budget: StepBudget): number {
  try {
    return ruleCount(series, window, budget);
  } catch (error) {
    if (error instanceof RecurrenceError && error.code === 'budget_exceeded') {
      return 0;
    }
    throw error;
  }
}

/** How many starts DTSTART and the rule have in the window, by arithmetic. */
function ruleCount(series: RecurrenceSeries, window: TimeWindow, budget: StepBudget): number {
  const { rule, counter, startLocal, startEpoch, zone } = series;
  if (rule === undefined || counter === undefined) {
    return series.starts.length;
  }
  if (window.to === undefined && !isBounded(series)) {
    return Infinity;
  }
  const first = startLocal + 1;
  const toLocal = (epoch: number): number => epoch + zone.offsetAt(epoch);
  const from = window.from === undefined ? -Infinity : ceilToSecond(window.from);
  const to = window.to === undefined ? Infinity : ceilToSecond(window.to);
  const { bound } = rule;
  const untilEnd =
    bound.kind !== 'until'
      ? Infinity
      : 1 + (bound.until.kind === 'utc' ? toLocal(bound.until.seconds) : bound.until.seconds);
  const begin = Math.max(first, from === -Infinity ? first : toLocal(from));
  const end = Math.max(begin, Math.min(END_OF_TIME, untilEnd, to === Infinity ? Infinity : toLocal(to)));
  const base = counter.before(first, budget);
  const most = bound.kind === 'count' ? bound.count - 1 : Infinity;
  const before = Math.min(most, counter.before(begin, budget) - base);
  const through = Math.min(most, counter.before(end, budget) - base);
  return through - before + Number(startEpoch >= from && startEpoch < to);
}
