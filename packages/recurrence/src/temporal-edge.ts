import { Temporal } from 'temporal-polyfill';
import { dayNumber, FIRST_YEAR, LAST_YEAR, SECONDS_PER_DAY } from './civil/civil-date.ts';
import { RecurrenceError } from './recurrence-error.ts';
import type { DateValue } from './series.ts';

const NS_PER_SECOND = 1_000_000_000n;
const NS_PER_MS = 1_000_000n;

/** Civil seconds since 1970 of a wall-clock time or a date; refuses fractions of a second and far years. */
export function localSecondsOf(
  value: Temporal.ZonedDateTime | Temporal.PlainDateTime | Temporal.PlainDate,
  field = 'dtstart',
): number {
  // Nearly all are of it already, and a copy costs more than everything else here.
  const iso = value.calendarId === 'iso8601' ? value : value.withCalendar('iso8601');
  const hasTime = !(iso instanceof Temporal.PlainDate);
  const fraction = hasTime ? iso.millisecond + iso.microsecond + iso.nanosecond : 0;
  if (iso.year < FIRST_YEAR || iso.year > LAST_YEAR || fraction !== 0) {
    throw refuse(value.toString(), field);
  }
  const midnight = dayNumber(iso.year, iso.month, iso.day) * SECONDS_PER_DAY;
  return hasTime ? midnight + iso.hour * 3600 + iso.minute * 60 + iso.second : midnight;
}

/** Seconds since 1970 UTC of an instant that lies on a whole second. */
export function toEpochSeconds(instant: Temporal.Instant, field: string): number {
  if (instant.epochNanoseconds % NS_PER_SECOND !== 0n) {
    throw refuse(instant.toString(), field);
  }
  return instant.epochMilliseconds / 1000;
}

/** The first whole second at or after an instant. */
export function ceilToSecond(instant: Temporal.Instant): number {
  const second = floorToSecond(instant);
  const isWhole = second * 1000 === instant.epochMilliseconds && instant.epochNanoseconds % NS_PER_MS === 0n;
  return isWhole ? second : second + 1;
}

/** The last whole second at or before an instant. */
export function floorToSecond(instant: Temporal.Instant): number {
  return Math.floor(instant.epochMilliseconds / 1000);
}

/** Civil seconds of the midnight of an RDATE or EXDATE of an all-day series. */
export function toLocalDate(value: DateValue, field: string): number {
  if (value instanceof Temporal.PlainDate) {
    return localSecondsOf(value, field);
  }
  throw new RecurrenceError(
    'invalid_date',
    `${field} has the time ${value.toString()}, but DTSTART is a date.`,
    {
      part: field,
      value: value.toString(),
      allowed: 'dates',
    },
  );
}

function refuse(value: string, field: string): RecurrenceError {
  const allowed = `whole seconds of the years ${FIRST_YEAR} to ${LAST_YEAR}`;
  const code = field === 'dtstart' ? 'invalid_dtstart' : 'invalid_date';
  return new RecurrenceError(code, `${field} cannot be ${value}; allowed: ${allowed}.`, {
    part: field,
    value,
    allowed,
  });
}
