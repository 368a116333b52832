import { WEEKDAYS } from '../rule/recurrence-rule.ts';
import type { RecurrenceRule, Skip } from '../rule/recurrence-rule.ts';
import { civilDate, weekdayOf } from '../civil/civil-date.ts';

const SHORTEST_MONTH = 28;

/** The day-choosing parts of a rule, with weekdays as numbers and what DTSTART gives where a part is missing. */
export interface DayRule {
  readonly interval: number;
  readonly weekStart: number;
  readonly months: readonly number[];
  readonly weekNumbers: readonly number[];
  readonly yearDays: readonly number[];
  readonly monthDays: readonly number[];
  /** Weekdays without a number, and with one. */
  readonly weekdays: readonly number[];
  readonly ordinals: readonly { readonly weekday: number; readonly ordinal: number }[];
  /** OMIT too where no date of the rule can be invalid, since the rule is then walked faster. */
  readonly skip: Skip;
  readonly startDay: number;
  readonly start: {
    readonly year: number;
    readonly month: number;
    readonly day: number;
    readonly weekday: number;
  };
}

export function dayRule(rule: RecurrenceRule, startDay: number): DayRule {
  const numbered = rule.byDay.map(({ weekday, ordinal }) => ({
    weekday: WEEKDAYS.indexOf(weekday),
    ordinal,
  }));
  const { year, month, day } = civilDate(startDay);
  const hasSkip = rule.skip !== 'OMIT' && mayBeInvalid(rule, day);
  return {
    interval: rule.interval,
    weekStart: WEEKDAYS.indexOf(rule.weekStart),
    months: rule.byMonth,
    weekNumbers: rule.byWeekNo,
    yearDays: rule.byYearDay,
    monthDays: rule.byMonthDay,
    weekdays: numbered.filter(({ ordinal }) => ordinal === 0).map(({ weekday }) => weekday),
    ordinals: numbered.filter(({ ordinal }) => ordinal !== 0),
    skip: hasSkip ? rule.skip : 'OMIT',
    startDay,
    start: { year, month, day, weekday: weekdayOf(startDay) },
  };
}

/** Whether the rule can name a day or a week that some month or year lacks. */
function mayBeInvalid(rule: RecurrenceRule, startDay: number): boolean {
  const named = [...rule.byYearDay, ...rule.byMonthDay, ...rule.byWeekNo];
  return named.length === 0
    ? rule.byDay.length === 0 && startDay > SHORTEST_MONTH
    : named.some((number) => Math.abs(number) > SHORTEST_MONTH);
}

export function hasByDay(rule: DayRule): boolean {
  return rule.weekdays.length > 0 || rule.ordinals.length > 0;
}
