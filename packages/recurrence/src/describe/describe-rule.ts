import type { RecurrenceRule } from '../rule/recurrence-rule.ts';
import { english } from './english.ts';
import type { RuleLanguage } from './rule-language.ts';
import { russian } from './russian.ts';

export const LOCALES = ['en', 'ru'] as const;
export type Locale = (typeof LOCALES)[number];

const LANGUAGES: Readonly<Record<Locale, RuleLanguage>> = { en: english, ru: russian };

/** With more times of day than this they are told as hours and minutes. */
const MAX_TIMES = 8;

/**
 * A rule in words, such as "every second Tuesday until 30 June 2027". Every part of the rule is said, one after
 * the other, so that an unusual rule gets a long description and never a wrong one. What the rule leaves to
 * DTSTART, such as the time of day, is not part of it.
 */
export function describeRule(rule: RecurrenceRule, locale: Locale): string {
  const words = LANGUAGES[locale];
  const phrase = [...datePhrases(rule, words), ...timePhrases(rule, words)].join(' ');
  const { bound } = rule;
  const until = bound.kind === 'until' ? ` ${words.until(bound.until)}` : '';
  const clauses = [
    conditions(rule, words),
    rule.bySetPos.length > 0 ? words.positions(rule.bySetPos, rule.freq) : '',
    bound.kind === 'count' ? words.count(bound.count) : '',
    needsWeekStart(rule) ? words.weekStart(rule.weekStart) : '',
    rule.skip === 'OMIT' ? '' : words.skip(rule.skip),
  ];
  return [phrase + until, ...clauses.filter((clause) => clause !== '')].join(', ');
}

function datePhrases(rule: RecurrenceRule, words: RuleLanguage): readonly string[] {
  const { freq, byDay, byMonth, byMonthDay, byWeekNo, byYearDay } = rule;
  const [weekday] = byDay;
  const [month = 0] = byMonth;
  const isOneWeekday = freq === 'WEEKLY' && byDay.length === 1 && rule.interval <= 2;
  const first =
    isOneWeekday && weekday !== undefined
      ? words.everyWeekday(weekday.weekday, rule.interval)
      : words.every(freq, rule.interval);
  const hasMonthDays = byMonthDay.length > 0 && byYearDay.length === 0;
  const hasWeekdays = byDay.length > 0 && !isOneWeekday && byMonthDay.length === 0 && byYearDay.length === 0;
  const areSeveral = (freq === 'YEARLY' && byWeekNo.length === 0) || freq === 'MONTHLY';
  // "The last Monday of May" has said the month already.
  const isMonthSaid =
    byMonth.length === 1 && (hasMonthDays || (hasWeekdays && byDay.every(({ ordinal }) => ordinal !== 0)));
  return [
    first,
    ...(byWeekNo.length > 0 ? [words.weekNumbers(byWeekNo)] : []),
    ...(byYearDay.length > 0 ? [words.yearDays(byYearDay)] : []),
    ...(hasMonthDays ? [words.monthDays(byMonthDay, isMonthSaid ? month : 'month')] : []),
    ...(hasWeekdays ? [words.weekdays(byDay, isMonthSaid ? month : scopeOf(rule), areSeveral)] : []),
    ...(byMonth.length > 0 && !isMonthSaid ? [words.months(byMonth)] : []),
  ];
}

/** What limits the days that another part chose; empty where nothing does. */
function conditions(rule: RecurrenceRule, words: RuleLanguage): string {
  const { byDay, byMonthDay, byYearDay } = rule;
  return [
    ...(byMonthDay.length > 0 && byYearDay.length > 0 ? [words.ifMonthDays(byMonthDay)] : []),
    ...(byDay.length > 0 && byMonthDay.length + byYearDay.length > 0
      ? [words.ifWeekdays(byDay, scopeOf(rule))]
      : []),
  ].join(` ${words.and} `);
}

/** Numbers of weekdays count within the month with MONTHLY or BYMONTH, else within the year (section 3.3.10). */
function scopeOf({ freq, byMonth }: RecurrenceRule): 'month' | 'year' {
  return freq === 'MONTHLY' || byMonth.length > 0 ? 'month' : 'year';
}

function timePhrases(rule: RecurrenceRule, words: RuleLanguage): readonly string[] {
  const { byHour, byMinute, bySecond } = rule;
  const isClock = rule.freq === 'HOURLY' || rule.freq === 'MINUTELY' || rule.freq === 'SECONDLY';
  if (
    !isClock &&
    byHour.length > 0 &&
    byMinute.length > 0 &&
    byHour.length * byMinute.length <= MAX_TIMES &&
    bySecond.length <= 1
  ) {
    const second = bySecond[0] === undefined ? '' : `:${twoDigits(bySecond[0])}`;
    const times = byHour.flatMap((hour) =>
      byMinute.map((minute) => `${twoDigits(hour)}:${twoDigits(minute)}${second}`),
    );
    return [words.times(times)];
  }
  return [
    ...(byHour.length > 0 ? [words.hours(byHour.map((hour) => `${twoDigits(hour)}:00`))] : []),
    ...(byMinute.length > 0 ? [words.minutes(byMinute)] : []),
    ...(bySecond.length > 0 ? [words.seconds(bySecond)] : []),
  ];
}

/** WKST matters to weeks with an interval and to week numbers (RFC 5545 section 3.3.10), and to sets of a week. */
function needsWeekStart(rule: RecurrenceRule): boolean {
  const hasWeeks =
    rule.freq === 'WEEKLY' && (rule.interval > 1 || rule.bySetPos.length > 0) && rule.byDay.length > 0;
  return rule.weekStart !== 'MO' && (hasWeeks || rule.byWeekNo.length > 0);
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0');
}
