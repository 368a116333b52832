import { civilDate, stepsPerCycle, weekdayOf } from '../civil/civil-date.ts';
import type { DayRule } from './day-rule.ts';
import type { DaySource } from './day-source.ts';

/** FREQ=WEEKLY: a chunk is a week from WKST; BYDAY expands it and BYMONTH limits its days. */
export function weeklyDays(rule: DayRule): DaySource {
  const daysIntoWeek = (weekday: number): number => (weekday - rule.weekStart + 7) % 7;
  const offsets = (rule.weekdays.length > 0 ? rule.weekdays : [rule.start.weekday])
    .map(daysIntoWeek)
    .sort((a, b) => a - b);
  const firstWeek = rule.startDay - daysIntoWeek(rule.start.weekday);
  const stride = 7 * rule.interval;
  const isUniform = rule.months.length === 0;
  const isKept = (day: number): boolean => isUniform || rule.months.includes(civilDate(day).month);
  return {
    slackDays: 0,
    cycleChunks: stepsPerCycle(20_871, rule.interval),
    uniformDays: isUniform ? offsets.length : undefined,
    mostDays: offsets.length,
    chunkAt: (day) => Math.max(0, Math.ceil((day - daysIntoWeek(weekdayOf(day)) - firstWeek) / stride)),
    startOf: (chunk) => firstWeek + chunk * stride,
    fill: (chunk, days) => {
      days.length = 0;
      for (const offset of offsets) {
        const day = firstWeek + chunk * stride + offset;
        if (isKept(day)) {
          days.push(day);
        }
      }
      return 1 + (isUniform ? days.length : 3 * offsets.length);
    },
    signature: (chunk) => {
      const first = firstWeek + chunk * stride;
      return offsets.reduce((mask, offset) => mask * 2 + Number(isKept(first + offset)), 0);
    },
  };
}
