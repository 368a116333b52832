import { createSeries, parseRule, RecurrenceError, type RecurrenceSeries } from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import type { ApiTimes } from '../event/shown-time.ts';

/** How an event repeats, in the forms of the API. */
export interface ApiRecurrence {
  readonly rrule: string;
  readonly exdates: readonly string[];
  readonly rdates: readonly string[];
}

type ApiStart = Pick<ApiTimes, 'start' | 'allDay' | 'timeZone'>;

/**
 * A series in the forms of the API, to work out its dates here.
 * @throws RecurrenceError where it is none.
 */
export function seriesOf(
  { start, allDay, timeZone }: ApiStart,
  { rrule, exdates, rdates }: ApiRecurrence,
): RecurrenceSeries {
  const read = (text: string) => {
    if (allDay) return Temporal.PlainDate.from(text);
    return hasOffset(text) ? Temporal.Instant.from(text) : Temporal.PlainDateTime.from(text);
  };
  const first = read(start);
  return createSeries({
    dtstart: first instanceof Temporal.Instant ? first.toZonedDateTimeISO(timeZone) : first,
    timeZone,
    ...(rrule === '' ? {} : { rule: parseRule(rrule) }),
    exdates: exdates.map(read),
    rdates: rdates.map(read),
  });
}

/** As seriesOf; undefined where this program cannot read what the server has. */
export function readSeries(
  start: ApiStart,
  recurrence: ApiRecurrence | undefined,
): RecurrenceSeries | undefined {
  try {
    return recurrence && seriesOf(start, recurrence);
  } catch (error) {
    // A newer server may know rules and zones that this program does not.
    if (error instanceof RecurrenceError || error instanceof RangeError) return undefined;
    throw error;
  }
}

function hasOffset(text: string): boolean {
  return /(?:z|[+-]\d{2}:\d{2})$/i.test(text);
}
