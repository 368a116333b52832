import { civilDate, SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { Frequency, Weekday, WeekdayNumber } from '../rule/recurrence-rule.ts';
import { untilTime } from './rule-language.ts';
import type { OrdinalScope, RuleLanguage } from './rule-language.ts';

const UNITS: Readonly<Record<Frequency, string>> = {
  YEARLY: 'year',
  MONTHLY: 'month',
  WEEKLY: 'week',
  DAILY: 'day',
  HOURLY: 'hour',
  MINUTELY: 'minute',
  SECONDLY: 'second',
};

const WEEKDAY_NAMES: Readonly<Record<Weekday, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const ORDINAL_ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' };
const ordinalRules = new Intl.PluralRules('en', { type: 'ordinal' });
const conjunction = new Intl.ListFormat('en-GB', { type: 'conjunction' });
const disjunction = new Intl.ListFormat('en-GB', { type: 'disjunction' });

export const english: RuleLanguage = {
  and: 'and',
  every: (freq, interval) => {
    const unit = UNITS[freq];
    if (interval === 1) {
      return `every ${unit}`;
    }
    // "Every second second" would be a riddle.
    return interval === 2 && freq !== 'SECONDLY' ? `every second ${unit}` : `every ${interval} ${unit}s`;
  },
  everyWeekday: (weekday, interval) => `every ${interval === 2 ? 'second ' : ''}${WEEKDAY_NAMES[weekday]}`,
  months: (months) => `in ${join(months.map((month) => MONTHS[month - 1] as string))}`,
  weekNumbers: (weeks) => `in ${countedFromEnd(weeks, 'week')} of the year`,
  yearDays: (days) => `on ${countedFromEnd(days, 'day')} of the year`,
  monthDays: (days, scope) => `on ${countedFromEnd(days, 'day')} of ${scopeName(scope)}`,
  weekdays: (days, scope, areSeveral) => `on ${weekdayList(days, scope, areSeveral)}`,
  ifMonthDays: (days) => `if that is the ${eitherOf(days.map(ordinal))} day of the month`,
  ifWeekdays: (days, scope) =>
    `if that is ${eitherOf(
      days.map(({ weekday, ordinal: number }) =>
        number === 0
          ? `a ${WEEKDAY_NAMES[weekday]}`
          : `the ${ordinal(number)} ${WEEKDAY_NAMES[weekday]} of ${scopeName(scope)}`,
      ),
    )}`,
  times: (times) => `at ${join(times)}`,
  hours: (hours) => `in the ${hours.length === 1 ? 'hour' : 'hours'} beginning at ${join(hours)}`,
  minutes: (minutes) => `at ${minutes.length === 1 ? 'minute' : 'minutes'} ${join(minutes.map(String))}`,
  seconds: (seconds) => `at ${seconds.length === 1 ? 'second' : 'seconds'} ${join(seconds.map(String))}`,
  positions: (positions, freq) => `but only the ${join(positions.map(ordinal))} of these each ${UNITS[freq]}`,
  until: (until) => {
    const { year, month, day } = civilDate(Math.floor(until.seconds / SECONDS_PER_DAY));
    const time = untilTime(until);
    return `until ${day} ${MONTHS[month - 1]} ${year}${time === '' ? '' : ` at ${time}`}`;
  },
  count: (count) => (count === 1 ? 'once' : `${count} times`),
  weekStart: (weekday) => `with weeks that start on ${WEEKDAY_NAMES[weekday]}`,
  skip: (skip) => `a date that does not exist moving to the day ${skip === 'BACKWARD' ? 'before' : 'after'}`,
};

function weekdayList(days: readonly WeekdayNumber[], scope: OrdinalScope, areSeveral: boolean): string {
  const plain = days.filter((entry) => entry.ordinal === 0).map((entry) => WEEKDAY_NAMES[entry.weekday]);
  const numbered = days
    .filter((entry) => entry.ordinal !== 0)
    .map((entry) => `the ${ordinal(entry.ordinal)} ${WEEKDAY_NAMES[entry.weekday]}`);
  const list = join([...plain.map((name) => (areSeveral ? `every ${name}` : name)), ...numbered]);
  return numbered.length > 0 ? `${list} of ${scopeName(scope)}` : list;
}

/** "the month", "the year", "May". */
function scopeName(scope: OrdinalScope): string {
  return typeof scope === 'number' ? (MONTHS[scope - 1] as string) : `the ${scope}`;
}

function countedFromEnd(numbers: readonly number[], unit: string): string {
  return `the ${join(numbers.map(ordinal))} ${unit}`;
}

/** 1st, 22nd, last, 2nd to last. */
function ordinal(number: number): string {
  if (number === -1) {
    return 'last';
  }
  const size = Math.abs(number);
  const text = `${size}${ORDINAL_ENDINGS[ordinalRules.select(size)]}`;
  return number < 0 ? `${text} to last` : text;
}

function join(items: readonly string[]): string {
  return conjunction.format(items);
}

function eitherOf(items: readonly string[]): string {
  return disjunction.format(items);
}
