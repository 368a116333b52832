import type { Temporal } from 'temporal-polyfill';
import { Occurrence } from './occurrence.ts';
import type { RecurrenceSeries } from './series.ts';
import { SeriesCursor } from './series-cursor.ts';
import { openBudget } from './step-budget.ts';
import type { BudgetOption } from './step-budget.ts';
import { ceilToSecond } from './temporal-edge.ts';

/** Starts in `[from, to)`; a missing end is open. */
export interface TimeWindow {
  readonly from?: Temporal.Instant;
  readonly to?: Temporal.Instant;
}

/**
 * The occurrences that start in the window, in order, one by one: nothing is worked out before it is asked
 * for. The work depends on the window, not on how far it lies from DTSTART. Throws `budget_exceeded` when the steps
 * go over the budget; a {@link StepBudget} shares one budget between calls and tells what was used.
 */
export function* expand(
  series: RecurrenceSeries,
  window: TimeWindow = {},
  budget?: BudgetOption,
): Generator<Occurrence, void, undefined> {
  const from = window.from === undefined ? -Infinity : ceilToSecond(window.from);
  const to = window.to === undefined ? Infinity : ceilToSecond(window.to);
  const cursor = new SeriesCursor(series, from, to, openBudget(budget));
  const isDate = series.kind === 'date';
  for (let key = cursor.next(); key !== Infinity; key = cursor.next()) {
    yield new Occurrence(cursor.epochSeconds * 1000, series.timeZone, isDate ? key : undefined);
  }
}
