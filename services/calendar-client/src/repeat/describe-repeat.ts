import {
  describeRule,
  isBounded,
  type RecurrenceRule,
  type RecurrenceSeries,
  type Weekday,
} from '@daywatch/recurrence';
import { Temporal } from 'temporal-polyfill';
import { formatDay } from '../time/format-time.ts';
import { lastStart, type SeriesStart } from './series-dates.ts';

const WEEKDAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The rule in words: `every Tuesday, 10 times`. Its end, where that is a day, is for describeEnd to say. */
export function describeRhythm(series: RecurrenceSeries): string {
  const { rule } = series;
  if (rule === undefined) return 'on dates of its own';
  const bound = rule.bound.kind === 'until' ? ({ kind: 'never' } as const) : rule.bound;
  if (isWeekdays(rule))
    return describeRule({ ...rule, bound, freq: 'DAILY', byDay: [] }, 'en').replace('day', 'weekday');
  return describeRule({ ...withImpliedDay(rule, series), bound }, 'en');
}

/** The rule in words, and when it ends: `every Tuesday, the last on Tue 29 Jun 2027`. */
export function describeRepeat(series: RecurrenceSeries, zone: string): string {
  return `${describeRhythm(series)}, ${describeEnd(series, zone)}`;
}

/** `without an end`, `the last on Tue 29 Jun 2027`. */
export function describeEnd(series: RecurrenceSeries, zone: string): string {
  if (!isBounded(series)) return 'without an end';
  const end = lastStart(series, zone);
  return end ? `the last on ${formatDay(dateOfStart(end))}` : 'with an end';
}

export function dateOfStart(start: SeriesStart): Temporal.PlainDate {
  return start instanceof Temporal.PlainDate ? start : start.toPlainDate();
}

/** Monday to Friday of every week have a word of their own. */
function isWeekdays({ freq, interval, byDay, bySetPos }: RecurrenceRule): boolean {
  const days = byDay.map(({ weekday }) => weekday).join();
  const isPlain = interval === 1 && bySetPos.length === 0 && byDay.every(({ ordinal }) => ordinal === 0);
  return (freq === 'WEEKLY' || freq === 'DAILY') && isPlain && days === WEEKDAYS.slice(0, 5).join();
}

/** The day that a weekly or monthly rule takes from its beginning is part of what people call the rule. */
function withImpliedDay(rule: RecurrenceRule, { startLocal }: RecurrenceSeries): RecurrenceRule {
  const day = new Date(startLocal * 1000);
  const hasDays =
    rule.byDay.length + rule.byMonthDay.length + rule.byYearDay.length + rule.byWeekNo.length > 0;
  if (hasDays || rule.byMonth.length > 0) return rule;
  const weekday = WEEKDAYS[(day.getUTCDay() + 6) % 7];
  if (rule.freq === 'WEEKLY' && weekday) return { ...rule, byDay: [{ weekday, ordinal: 0 }] };
  if (rule.freq === 'MONTHLY') return { ...rule, byMonthDay: [day.getUTCDate()] };
  return rule;
}
