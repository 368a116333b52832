import { escapeUnprintable } from '../text.ts';
import { daysFromCivil, daysInMonth } from './civil.ts';

declare const plainDateBrand: unique symbol;

/** A calendar date `YYYY-MM-DD` without a zone, year 0001 to 9999. Dates sort as text. */
export type PlainDate = string & { readonly [plainDateBrand]: true };

export const DAY_MS = 86_400_000;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads `YYYY-MM-DD`.
 * @throws RangeError that says what is wrong with the text; callers add the field's name.
 */
export function parsePlainDate(text: string): PlainDate {
  const match = DATE.exec(text);
  if (!match) throw new RangeError(`'${abbreviate(text)}' is not a date; allowed is YYYY-MM-DD`);
  checkDate(text, Number(match[1]), Number(match[2]), Number(match[3]));
  return text as PlainDate;
}

/** Throws where year, month and day name no day of the calendar. */
export function checkDate(text: string, year: number, month: number, day: number): void {
  if (year < 1) throw new RangeError(`'${text}' has the year 0000; allowed are 0001 to 9999`);
  if (month < 1 || month > 12) throw new RangeError(`'${text}' has the month ${month}; allowed are 01 to 12`);
  const last = daysInMonth(year, month);
  if (day < 1 || day > last) {
    const monthText = text.slice(0, 7);
    throw new RangeError(`'${text}' has the day ${day}; ${monthText} has the days 01 to ${last}`);
  }
}

/** Midnight of the date as if it were UTC, in milliseconds. */
export function dateToUtcMs(date: PlainDate): number {
  return (
    daysFromCivil(Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))) * DAY_MS
  );
}

/** The date on which the given UTC millisecond lies. */
export function utcMsToDate(ms: number): PlainDate {
  return new Date(ms).toISOString().slice(0, 10) as PlainDate;
}

/** @throws RangeError where the sum is past the year 9999. */
export function addDays(date: PlainDate, days: number): PlainDate {
  const ms = dateToUtcMs(date) + days * DAY_MS;
  if (ms >= 253_402_300_800_000 || ms < -62_135_596_800_000) {
    throw new RangeError(`'${date}' plus ${days} days is outside the years 0001 to 9999`);
  }
  return utcMsToDate(ms);
}

/** Shortens untrusted text for an error message, and makes it safe to print. */
export function abbreviate(text: string): string {
  return escapeUnprintable(text.length <= 60 ? text : `${text.slice(0, 57)}…`);
}
