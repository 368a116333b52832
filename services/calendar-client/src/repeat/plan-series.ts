import { RecurrenceError, type RecurrenceSeries } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { shiftDays, type PlannedTimes } from '../event/plan-times.ts';
import { UsageError } from '../failure.ts';
import { formatDay } from '../time/format-time.ts';
import { dateOfStart } from './describe-repeat.ts';
import { planExceptions, planRepeat, type TypedRepeat } from './plan-repeat.ts';
import { nextStarts } from './series-dates.ts';
import { seriesOf, type ApiRecurrence } from './series-of.ts';

/** A new series: when it begins, and how it goes on. */
export interface PlannedSeries {
  readonly times: PlannedTimes;
  readonly recurrence: ApiRecurrence;
  readonly series: RecurrenceSeries;
}

/**
 * Puts together a new series; undefined where nothing is said of repeating.
 * @throws UnclearTime, UsageError
 */
export function planSeries(
  typed: TypedRepeat & { readonly except?: readonly string[] | undefined },
  times: PlannedTimes,
  now: Temporal.ZonedDateTime,
): PlannedSeries | undefined {
  const { shown } = times;
  const isAllDay = shown.kind === 'all-day';
  const start = {
    date: shown.kind === 'all-day' ? shown.start : shown.start.toPlainDate(),
    zone: now.timeZoneId,
    isAllDay,
  };
  const repeat = planRepeat(typed, start);
  const { except = [] } = typed;
  if (!repeat) {
    if (except.length > 0)
      throw new UsageError('--except needs --every or --rrule: it leaves out days of a repetition');
    return undefined;
  }
  const shifted = shiftDays(times, start.date.until(repeat.first).days);
  const clock =
    shown.kind === 'all-day' ? '' : shown.start.toPlainTime().toString({ smallestUnit: 'second' });
  const exdates = planExceptions(except, { ...start, clock }, now);
  const recurrence = { rrule: repeat.rrule, exdates, rdates: [] };
  const apiStart = { start: shifted.start, allDay: isAllDay, timeZone: start.zone };
  const missed = missedDates(apiStart, recurrence).map(
    (date) => `it would not take place on ${formatDay(date)} anyway, by its rule`,
  );
  const notes = [...shifted.notes, ...repeat.notes, ...missed];
  return { times: { ...shifted, notes }, recurrence, series: makeSeries(apiStart, recurrence) };
}

/** The days that are left out although nothing is on them: most likely they were mistyped. */
function missedDates(
  start: Parameters<typeof seriesOf>[0],
  { rrule, exdates }: ApiRecurrence,
): readonly Temporal.PlainDate[] {
  const series = makeSeries(start, { rrule, exdates: [], rdates: [] });
  return exdates
    .map((date) => Temporal.PlainDate.from(date.slice(0, 10)))
    .filter((date) => {
      const from = date.toZonedDateTime(start.timeZone);
      const [found] = nextStarts(series, from.toInstant(), 1, start.timeZone);
      return !found || !dateOfStart(found).equals(date);
    });
}

/** @throws UsageError where rule and beginning do not fit, as UNTIL as a date with a time of day. */
export function makeSeries(...args: Parameters<typeof seriesOf>): RecurrenceSeries {
  try {
    return seriesOf(...args);
  } catch (error) {
    if (error instanceof RecurrenceError) throw new UsageError(`--rrule: ${error.message}`);
    throw error;
  }
}
