import { civilDate, SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { RecurrenceRule, Until, WeekdayNumber } from './recurrence-rule.ts';

/**
 * The canonical text of a rule: FREQ first, then the other parts in one order, defaults left out, lists
 * sorted. `parseRule(formatRule(rule))` equals `rule`, and equal rules have equal texts.
 */
export function formatRule(rule: RecurrenceRule): string {
  const parts: readonly (readonly [name: string, value: string])[] = [
    ['FREQ', rule.freq],
    ['INTERVAL', rule.interval === 1 ? '' : String(rule.interval)],
    ['COUNT', rule.bound.kind === 'count' ? String(rule.bound.count) : ''],
    ['UNTIL', rule.bound.kind === 'until' ? formatUntil(rule.bound.until) : ''],
    ['BYMONTH', rule.byMonth.join(',')],
    ['BYWEEKNO', rule.byWeekNo.join(',')],
    ['BYYEARDAY', rule.byYearDay.join(',')],
    ['BYMONTHDAY', rule.byMonthDay.join(',')],
    ['BYDAY', rule.byDay.map(formatWeekdayNumber).join(',')],
    ['BYHOUR', rule.byHour.join(',')],
    ['BYMINUTE', rule.byMinute.join(',')],
    ['BYSECOND', rule.bySecond.join(',')],
    ['BYSETPOS', rule.bySetPos.join(',')],
    ['WKST', rule.weekStart === 'MO' ? '' : rule.weekStart],
    ['RSCALE', rule.rscale ?? ''],
    ['SKIP', rule.skip === 'OMIT' ? '' : rule.skip],
  ];
  return parts
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}=${value}`)
    .join(';');
}

function formatUntil(until: Until): string {
  const day = Math.floor(until.seconds / SECONDS_PER_DAY);
  const date = formatBasicDate(day);
  if (until.kind === 'date') {
    return date;
  }
  const time = until.seconds - day * SECONDS_PER_DAY;
  const clock = [Math.floor(time / 3600), Math.floor(time / 60) % 60, time % 60]
    .map((n) => pad(n, 2))
    .join('');
  return `${date}T${clock}${until.kind === 'utc' ? 'Z' : ''}`;
}

function formatBasicDate(day: number): string {
  const date = civilDate(day);
  return pad(date.year, 4) + pad(date.month, 2) + pad(date.day, 2);
}

function formatWeekdayNumber(entry: WeekdayNumber): string {
  return entry.ordinal === 0 ? entry.weekday : `${entry.ordinal}${entry.weekday}`;
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
