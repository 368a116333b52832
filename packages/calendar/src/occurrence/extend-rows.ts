import { StepBudget } from '@daywatch/recurrence';
import type { Instant } from '../time/instant.ts';
import { beyondRows, type EndlessSeries } from './endless-series.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import { endOfRows } from './plan-rows.ts';
import { MAX_OCCURRENCES } from './too-many-rows.ts';

/** What extending one series by one step may take. */
const EXTEND_STEPS = 5_000_000;

/** The next rows of a series. */
export interface ExtendedRows {
  readonly spans: readonly OccurrenceSpan[];
  /** Up to when the series has rows with them, exclusive; undefined: it ends, and all of it is rows. */
  readonly reached: Instant | undefined;
}

/** The next rows of a series that goes on beyond its rows, up to an instant or as many as one step takes. */
export function extendRows(series: EndlessSeries, until: Instant): ExtendedRows {
  const spans: OccurrenceSpan[] = [];
  const budget = new StepBudget(EXTEND_STEPS);
  // An occurrence that began before the rows' end is a row already, however long it lasts.
  const period = { start: series.materialisedUntil, end: until };
  for (const span of beyondRows(series, period, budget)) {
    // Dates are one a day at most, and their midnights are no place to stop at: clocks may skip them.
    const isFull = spans.length >= MAX_OCCURRENCES && series.event.schedule.kind === 'timed';
    if (isFull) return { spans, reached: span.start };
    spans.push(span);
  }
  return { spans, reached: endOfRows(series.event, until, budget) };
}
