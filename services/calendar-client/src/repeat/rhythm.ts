import type { Temporal } from 'temporal-polyfill';

/** A weekday by its place in the month: `ordinal` 1 is the first, -1 the last. */
export interface NumberedWeekday {
  readonly ordinal: number;
  /** 0 for Monday. */
  readonly weekday: number;
}

/** The days of a rhythm; all lists empty where the beginning says which day it is. */
export interface RhythmDays {
  /** 0 for Monday. */
  readonly weekdays: readonly number[];
  readonly numbered: readonly NumberedWeekday[];
  /** -1 for the last day of the month. */
  readonly monthDays: readonly number[];
}

/** How often something repeats, as people say it. */
export interface Rhythm extends RhythmDays {
  readonly unit: 'day' | 'week' | 'month' | 'year';
  readonly interval: number;
}

/** Where a repetition ends: with a day, that day included, or after so many times. */
export type RhythmEnd =
  | { readonly kind: 'until'; readonly date: Temporal.PlainDate }
  | { readonly kind: 'times'; readonly times: number };

const FREQUENCY = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY', year: 'YEARLY' } as const;
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;

/**
 * The rule of a rhythm that begins on a day, without its end. What that day says already is left out, so that
 * the series goes along when its beginning moves to another weekday.
 */
export function toRule({ unit, interval, ...days }: Rhythm, first: Temporal.PlainDate): string {
  const { weekdays, numbered, monthDays } = days;
  const isImplied =
    (unit === 'week' && weekdays.length === 1 && weekdays[0] === first.dayOfWeek - 1) ||
    (unit === 'month' && monthDays.length === 1 && monthDays[0] === first.day);
  const byDay = [
    ...weekdays.map((weekday) => WEEKDAYS[weekday]),
    ...numbered.map(({ ordinal, weekday }) => `${ordinal}${WEEKDAYS[weekday]}`),
  ];
  const parts = [
    `FREQ=${FREQUENCY[unit]}`,
    interval === 1 ? '' : `INTERVAL=${interval}`,
    isImplied || byDay.length === 0 ? '' : `BYDAY=${byDay.join(',')}`,
    isImplied || monthDays.length === 0 ? '' : `BYMONTHDAY=${monthDays.join(',')}`,
  ];
  return parts.filter((part) => part !== '').join(';');
}

/** More days than there are from any day to the next that a rhythm has. */
const LOOK_AHEAD_DAYS = 70;

/** The first day from a date on that the rhythm has: a series begins with one, not with a day between. */
export function firstDayOf(days: RhythmDays, from: Temporal.PlainDate): Temporal.PlainDate {
  for (let ahead = 0; ahead < LOOK_AHEAD_DAYS; ahead++) {
    const date = from.add({ days: ahead });
    if (hasDay(days, date)) return date;
  }
  return from;
}

function hasDay({ weekdays, numbered, monthDays }: RhythmDays, date: Temporal.PlainDate): boolean {
  const weekday = date.dayOfWeek - 1;
  const fromEnd = date.daysInMonth - date.day;
  return (
    weekdays.length + numbered.length + monthDays.length === 0 ||
    weekdays.includes(weekday) ||
    monthDays.some((day) => (day > 0 ? day === date.day : -day - 1 === fromEnd)) ||
    numbered.some(
      ({ ordinal, weekday: wanted }) =>
        wanted === weekday && Math.ceil((ordinal > 0 ? date.day : fromEnd + 1) / 7) === Math.abs(ordinal),
    )
  );
}
