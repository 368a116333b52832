import { civilDate, dayNumber, stepsPerCycle } from '../civil/civil-date.ts';
import type { DayRule } from './day-rule.ts';
import { sortDistinct } from './day-source.ts';
import type { DaySource } from './day-source.ts';
import { addYearDays, matchesDay } from './year-days.ts';
import { candidates, yearSignature } from './yearly.ts';

const DAYS_PER_RUN = 64;
/** With longer intervals it is cheaper to look at the days visited than at the days that the parts allow. */
const LONGEST_FILTERED_INTERVAL = 31;

/** FREQ=DAILY. */
export function dailyDays(rule: DayRule): DaySource {
  const hasLimits =
    rule.months.length + rule.yearDays.length + rule.monthDays.length + rule.weekdays.length > 0;
  return hasLimits && rule.interval <= LONGEST_FILTERED_INTERVAL
    ? limitedDays(rule)
    : runsOfDays(rule, hasLimits);
}

/**
 * Every `interval`th day that passes the rule's limits; a chunk is a calendar year, so that a rule with few
 * days costs little however rare they are.
 */
export function limitedDays(rule: DayRule): DaySource {
  const { interval, startDay } = rule;
  const yearRule: DayRule = { ...rule, skip: 'OMIT' };
  const phaseOf = (day: number): number => (((day - startDay) % interval) + interval) % interval;
  return {
    slackDays: 0,
    cycleChunks: 400 * stepsPerCycle(interval, 146_097),
    uniformDays: undefined,
    mostDays: 366,
    chunkAt: (day) => Math.max(0, civilDate(day).year - rule.start.year),
    startOf: (chunk) => dayNumber(rule.start.year + chunk, 1, 1),
    fill: (chunk, days) => {
      days.length = 0;
      addYearDays(yearRule, rule.start.year + chunk, 'every', days);
      const found = days.length;
      if (interval > 1) {
        const visited = days.filter((day) => phaseOf(day) === 0);
        days.length = 0;
        days.push(...visited);
      }
      sortDistinct(days);
      return 2 + 2 * candidates(rule) + 2 * found;
    },
    signature: (chunk) => {
      const year = rule.start.year + chunk;
      return yearSignature(year) * interval + phaseOf(dayNumber(year, 1, 1));
    },
  };
}

function runsOfDays(rule: DayRule, hasLimits: boolean): DaySource {
  const stride = DAYS_PER_RUN * rule.interval;
  return {
    slackDays: 0,
    cycleChunks: stepsPerCycle(146_097, stride),
    uniformDays: hasLimits ? undefined : DAYS_PER_RUN,
    mostDays: DAYS_PER_RUN,
    chunkAt: (day) => Math.max(0, Math.floor((day - rule.startDay) / stride)),
    startOf: (chunk) => rule.startDay + chunk * stride,
    fill: (chunk, days) => {
      days.length = 0;
      const first = rule.startDay + chunk * stride;
      for (let day = first; day < first + stride; day += rule.interval) {
        if (!hasLimits || matchesDay(rule, day)) {
          days.push(day);
        }
      }
      return 1 + (hasLimits ? DAYS_PER_RUN : 0);
    },
    signature: () => -1,
  };
}
