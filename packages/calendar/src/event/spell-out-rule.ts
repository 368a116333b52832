import { WEEKDAYS, type RecurrenceRule, type Weekday } from '@daywatch/recurrence';
import type { EventTiming } from '../occurrence/series-of.ts';
import { toLocalMs } from '../time/local-time.ts';
import { dateToUtcMs, DAY_MS } from '../time/plain-date.ts';

/**
 * The rule with what it takes from DTSTART written into it (RFC 5545 section 3.3.10: "information missing in
 * the RRULE is determined from DTSTART"): its day, its time, or both.
 */
export function spellOut(
  rule: RecurrenceRule,
  { schedule, timeZone }: EventTiming,
): readonly RecurrenceRule[] {
  if (schedule.kind === 'all-day') return [withDay(rule, dateToUtcMs(schedule.start))];
  const localMs = toLocalMs(timeZone, schedule.start);
  return [withDay(rule, localMs), withTime(rule, localMs), withTime(withDay(rule, localMs), localMs)];
}

function withDay(rule: RecurrenceRule, localMs: number): RecurrenceRule {
  const date = new Date(localMs);
  const byMonthDay = [date.getUTCDate()];
  const byDay = [{ weekday: weekdayOf(localMs), ordinal: 0 }];
  const hasDays = rule.byDay.length + rule.byMonthDay.length + rule.byYearDay.length > 0;
  if (hasDays) return rule;
  switch (rule.freq) {
    case 'YEARLY':
      if (rule.byWeekNo.length > 0) return { ...rule, byDay };
      return rule.byMonth.length > 0
        ? { ...rule, byMonthDay }
        : { ...rule, byMonth: [date.getUTCMonth() + 1], byMonthDay };
    case 'MONTHLY':
      return { ...rule, byMonthDay };
    case 'WEEKLY':
      return { ...rule, byDay };
    case 'DAILY':
    case 'HOURLY':
    case 'MINUTELY':
    case 'SECONDLY':
      return rule;
    default:
      return rule.freq satisfies never;
  }
}

function withTime(rule: RecurrenceRule, localMs: number): RecurrenceRule {
  const date = new Date(localMs);
  const isOfDays = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY'].includes(rule.freq);
  const isOfHours = isOfDays || rule.freq === 'HOURLY';
  const isOfMinutes = isOfHours || rule.freq === 'MINUTELY';
  return {
    ...rule,
    byHour: isOfDays && rule.byHour.length === 0 ? [date.getUTCHours()] : rule.byHour,
    byMinute: isOfHours && rule.byMinute.length === 0 ? [date.getUTCMinutes()] : rule.byMinute,
    bySecond: isOfMinutes && rule.bySecond.length === 0 ? [date.getUTCSeconds()] : rule.bySecond,
  };
}

function weekdayOf(localMs: number): Weekday {
  // 1970-01-01 was a Thursday, the fourth of WEEKDAYS.
  const day = Math.floor(localMs / DAY_MS);
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] as Weekday;
}
