import { expand, isBounded, last, RecurrenceError, type RecurrenceSeries } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';

/** When one occurrence begins: a date for all-day series. */
export type SeriesStart = Temporal.PlainDate | Temporal.ZonedDateTime;

/** The starts from an instant on, at most `count`; fewer where the series ends or is too costly to follow. */
export function nextStarts(
  series: RecurrenceSeries,
  from: Temporal.Instant,
  count: number,
  zone: string,
): readonly SeriesStart[] {
  const starts: SeriesStart[] = [];
  try {
    for (const { date, startMs } of expand(series, { from })) {
      starts.push(date ?? Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(zone));
      if (starts.length >= count) break;
    }
  } catch (error) {
    // The server decides about it; what is shown is a courtesy.
    if (!isTooCostly(error)) throw error;
  }
  return starts;
}

/** The last start of a series that ends; undefined where it does not, or is too costly to follow. */
export function lastStart(series: RecurrenceSeries, zone: string): SeriesStart | undefined {
  if (!isBounded(series)) return undefined;
  try {
    const found = last(series);
    return found && (found.date ?? found.instant.toZonedDateTimeISO(zone));
  } catch (error) {
    if (!isTooCostly(error)) throw error;
    return undefined;
  }
}

function isTooCostly(error: unknown): boolean {
  return error instanceof RecurrenceError && error.code === 'budget_exceeded';
}
