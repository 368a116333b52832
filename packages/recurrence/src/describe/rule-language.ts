import type { Frequency, Skip, Until, Weekday, WeekdayNumber } from '../rule/recurrence-rule.ts';

/** The stretch within which numbers of days count: any month, the year, or the one month (1 to 12) of the rule. */
export type OrdinalScope = 'month' | 'year' | number;

/** How one language says each part of a rule; `describeRule` puts the phrases together. */
export interface RuleLanguage {
  readonly and: string;
  /** "every day", "every second week", "every 5 years". */
  every(freq: Frequency, interval: number): string;
  /** "every Tuesday", "every second Tuesday"; interval 1 or 2. */
  everyWeekday(weekday: Weekday, interval: number): string;
  months(months: readonly number[]): string;
  weekNumbers(weeks: readonly number[]): string;
  yearDays(days: readonly number[]): string;
  monthDays(days: readonly number[], scope: OrdinalScope): string;
  /** Weekdays without a number are of each week: there may be several in the period of the rule. */
  weekdays(days: readonly WeekdayNumber[], scope: OrdinalScope, areSeveral: boolean): string;
  /** Days of the month, and weekdays, as conditions on days that another part chose. */
  ifMonthDays(days: readonly number[]): string;
  ifWeekdays(days: readonly WeekdayNumber[], scope: OrdinalScope): string;
  /** Times of day, written `09:00`. */
  times(times: readonly string[]): string;
  /** Hours of which DTSTART or the rule's frequency gives the minute, written `09:00`. */
  hours(hours: readonly string[]): string;
  minutes(minutes: readonly number[]): string;
  seconds(seconds: readonly number[]): string;
  positions(positions: readonly number[], freq: Frequency): string;
  until(until: Until): string;
  count(count: number): string;
  weekStart(weekday: Weekday): string;
  skip(skip: Exclude<Skip, 'OMIT'>): string;
}

/** `09:00:30 UTC` for the time of an UNTIL, without zero seconds; empty for a date. */
export function untilTime(until: Until): string {
  if (until.kind === 'date') {
    return '';
  }
  const text = new Date(until.seconds * 1000).toISOString();
  const time = text.slice(17, 19) === '00' ? text.slice(11, 16) : text.slice(11, 19);
  return until.kind === 'utc' ? `${time} UTC` : time;
}
