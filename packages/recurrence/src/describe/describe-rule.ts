import type { RecurrenceRule } from '../rule/recurrence-rule.ts';
import { english } from './english.ts';
import type { OrdinalScope, RuleLanguage } from './rule-language.ts';
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
  // A phrase that begins with a comma closes up to the one before it.
  const phrase = [...datePhrases(rule, words), ...timePhrases(rule, words)].join(' ').replaceAll(' ,', ',');
  const { bound } = rule;
  const until = bound.kind === 'until' ? ` ${words.until(bound.until)}` : '';
  const clauses = [
    rule.bySetPos.length > 0 ? words.positions(rule.bySetPos, rule.freq) : '',
    bound.kind === 'count' ? words.count(bound.count) : '',
    needsWeekStart(rule) ? words.weekStart(rule.weekStart) : '',
    rule.skip === 'OMIT' ? '' : words.skip(rule.skip),
  ];
  return [phrase + until, ...clauses.filter((clause) => clause !== '')].join(', ');
}

function datePhrases(rule: RecurrenceRule, words: RuleLanguage): readonly string[] {
  const scope: OrdinalScope = rule.freq === 'MONTHLY' || rule.byMonth.length > 0 ? 'month' : 'year';
  const [weekday] = rule.byDay;
  const isOneWeekday = rule.freq === 'WEEKLY' && rule.byDay.length === 1 && rule.interval <= 2;
  const isLimited = rule.byMonthDay.length > 0 || rule.byYearDay.length > 0;
  const phrases: string[] = [
    isOneWeekday && weekday !== undefined
      ? words.everyWeekday(weekday.weekday, rule.interval)
      : words.every(rule.freq, rule.interval),
  ];
  const add = (list: readonly unknown[], phrase: () => string): void => {
    if (list.length > 0) {
      phrases.push(phrase());
    }
  };
  add(rule.byWeekNo, () => words.weekNumbers(rule.byWeekNo));
  add(rule.byYearDay, () => words.yearDays(rule.byYearDay));
  add(rule.byMonthDay, () => words.monthDays(rule.byMonthDay));
  add(isOneWeekday ? [] : rule.byDay, () =>
    isLimited ? words.ifWeekdays(rule.byDay, scope) : words.weekdays(rule.byDay, scope),
  );
  add(rule.byMonth, () => words.months(rule.byMonth));
  return phrases;
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
    ...(byHour.length > 0 ? [words.hours(byHour)] : []),
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
