import { StepBudget } from '@daywatch/recurrence';
import type { Instant } from '../time/instant.ts';
import { beyondRows, type EndlessSeries } from './endless-series.ts';
import { MAX_OCCURRENCES } from './plan-occurrences.ts';
import type { OccurrenceSpan } from './occurrence.ts';

/** What extending one series by one step may take. */
const EXTEND_STEPS = 5_000_000;

/**
 * The next rows of an endless series, up to an instant or as many as one step takes.
 * @returns them, and the instant up to which the series has rows with them.
 */
export function extendRows(
  series: EndlessSeries,
  until: Instant,
): { readonly spans: readonly OccurrenceSpan[]; readonly reached: Instant } {
  const spans: OccurrenceSpan[] = [];
  // An occurrence that began before the rows' end is a row already, however long it lasts.
  const period = { start: series.materialisedUntil, end: until };
  for (const span of beyondRows(series, period, new StepBudget(EXTEND_STEPS))) {
    // Dates are one a day at most, and their midnights are no place to stop at: clocks may skip them.
    const isFull = spans.length >= MAX_OCCURRENCES && series.event.schedule.kind === 'timed';
    if (isFull) return { spans, reached: span.start };
    spans.push(span);
  }
  return { spans, reached: until };
}
