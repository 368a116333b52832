import type { StepBudget } from '@daywatch/recurrence';
import type { EventContent, EventDraft } from '../event/event.ts';
import { toInstant, type Instant, type Interval } from '../time/instant.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import { longestMs, occurrencesOf } from './occurrences-of.ts';
import type { EventTiming } from './series-of.ts';

/** How many endless series a calendar may have: each is looked at by every write that lies far ahead. */
export const MAX_ENDLESS_SERIES = 500;

/** What comes of an endless series beyond its rows. */
export interface EndlessSeries<T extends EventTiming = EventTiming & Pick<EventContent, 'busy'>> {
  readonly event: T;
  /** What starts earlier is a row. */
  readonly materialisedUntil: Instant;
  /** Recurrence ids beyond that which are rows all the same, because they were changed. */
  readonly overridden: ReadonlySet<Instant>;
}

/** The series of a planned event beyond its rows; undefined where all of it is rows. */
export function endlessSeriesOf<T extends EventDraft>({
  event,
  occurrences,
}: {
  readonly event: T;
  readonly occurrences: readonly (OccurrenceSpan & { readonly changes?: unknown })[];
}): EndlessSeries<T> | undefined {
  const { materialisedUntil } = event;
  if (materialisedUntil === undefined) return undefined;
  const changed = occurrences.filter(({ changes }) => changes !== undefined);
  return { event, materialisedUntil, overridden: new Set(changed.map(({ recurrenceId }) => recurrenceId)) };
}

/**
 * The occurrences that overlap the period and are no rows, in order of start, one by one.
 * @throws RecurrenceError `budget_exceeded`
 */
export function* beyondRows(
  { event, materialisedUntil, overridden }: EndlessSeries,
  { start, end }: Interval,
  budget: StepBudget,
): Generator<OccurrenceSpan, void, undefined> {
  const from = toInstant(Math.max(materialisedUntil, start - longestMs(event)));
  if (from >= end) return;
  for (const span of occurrencesOf(event, { from, to: end }, budget)) {
    if (span.end > start && span.start < end && !overridden.has(span.recurrenceId)) yield span;
  }
}

/** How many occurrences are read one after the other before it pays to seek. */
const READ_ON = 8;

/**
 * The first occurrences beyond the rows that overlap any of the spans. Both are walked in order, and each
 * skips to where the other is, so that the work depends on the shorter of the two.
 * @param spans ascending by start.
 * @throws RecurrenceError `budget_exceeded`
 */
export function findBeyondRows(
  series: EndlessSeries,
  spans: readonly Interval[],
  limit: number,
  budget: StepBudget,
): readonly OccurrenceSpan[] {
  const found: OccurrenceSpan[] = [];
  const last = spans.at(-1);
  if (!last || latestEnd(spans) <= series.materialisedUntil) return found;
  const end = toInstant(latestEnd(spans));
  let next = 0;
  let reached = toInstant(-Infinity);
  while (next < spans.length && found.length < limit) {
    const span = spans[next] as Interval;
    let isPassed = true;
    let read = 0;
    const from = toInstant(Math.max(span.start, reached));
    for (const occurrence of beyondRows(series, { start: from, end }, budget)) {
      // What ends before the occurrence begins meets no later one.
      while (next < spans.length && (spans[next] as Interval).end <= occurrence.start) next++;
      if (next >= spans.length) break;
      if (overlapsAny(occurrence, spans, next)) found.push(occurrence);
      reached = toInstant(Math.max(reached, occurrence.end));
      read++;
      if (found.length >= limit) break;
      if (read >= READ_ON && (spans[next] as Interval).start > occurrence.end) {
        isPassed = false;
        break;
      }
    }
    // The series came to its end, or all spans were passed.
    if (isPassed) break;
  }
  return found;
}

function overlapsAny(occurrence: Interval, spans: readonly Interval[], from: number): boolean {
  for (let i = from; i < spans.length; i++) {
    const span = spans[i] as Interval;
    if (span.start >= occurrence.end) return false;
    if (span.end > occurrence.start) return true;
  }
  return false;
}

function latestEnd(spans: readonly Interval[]): number {
  return spans.reduce((latest, { end }) => Math.max(latest, end), -Infinity);
}
