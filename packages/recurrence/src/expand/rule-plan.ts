import { SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { RecurrenceRule } from '../rule/recurrence-rule.ts';
import type { StepBudget } from '../step-budget.ts';
import { ClockCursor } from './clock-cursor.ts';
import { clockFilter, reachesAllowedUnit } from './clock-plan.ts';
import type { ClockPlan } from './clock-plan.ts';
import { dailyDays, limitedDays } from './daily.ts';
import { DayCursor } from './day-cursor.ts';
import type { DayPlan } from './day-cursor.ts';
import { dayRule } from './day-rule.ts';
import type { DayRule } from './day-rule.ts';
import type { DaySource } from './day-source.ts';
import type { LocalCursor } from './local-cursor.ts';
import { monthlyDays } from './monthly.ts';
import { MovedDayCursor } from './moved-day-cursor.ts';
import { pickTimes } from './set-positions.ts';
import { combineTimes, listTimes } from './times-of-day.ts';
import type { TimesOfDay } from './times-of-day.ts';
import { weeklyDays } from './weekly.ts';
import { yearlyDays } from './yearly.ts';

/** A rule made ready for one DTSTART: how its wall-clock times are found, without COUNT, UNTIL and zone. */
export type RulePlan = DayPlan | ClockPlan;

/** `isDate` says that DTSTART is a DATE, whose rule has no times of day (BYHOUR and the like are ignored). */
export function planRule(rule: RecurrenceRule, startLocal: number, isDate: boolean): RulePlan {
  switch (rule.freq) {
    case 'YEARLY':
      return planDays(rule, startLocal, isDate, yearlyDays);
    case 'MONTHLY':
      return planDays(rule, startLocal, isDate, monthlyDays);
    case 'WEEKLY':
      return planDays(rule, startLocal, isDate, weeklyDays);
    case 'DAILY': {
      // A period is one day, so BYSETPOS picks the same times on each.
      const plan = planDays(rule, startLocal, isDate, dailyDays);
      return { ...plan, times: pickTimes(plan.positions, plan.times), positions: [] };
    }
    case 'HOURLY':
      return planClock(rule, startLocal, 3600);
    case 'MINUTELY':
      return planClock(rule, startLocal, 60);
    case 'SECONDLY':
      return planClock(rule, startLocal, 1);
    default:
      throw new Error(`Unreachable frequency: ${String(rule.freq satisfies never)}`);
  }
}

/** Walks the plan's times in `[from, end)`, given in civil seconds since 1970. */
export function openCursor(plan: RulePlan, from: number, end: number, budget: StepBudget): LocalCursor {
  if (plan.kind === 'clock') {
    return new ClockCursor(plan, from, end, budget);
  }
  return plan.source.slackDays === 0
    ? new DayCursor(plan, from, end, budget)
    : new MovedDayCursor(plan, from, end, budget);
}

function planDays(
  rule: RecurrenceRule,
  startLocal: number,
  isDate: boolean,
  makeSource: (days: DayRule) => DaySource,
): DayPlan {
  const startDay = Math.floor(startLocal / SECONDS_PER_DAY);
  const source = makeSource(dayRule(rule, startDay));
  const times = isDate ? listTimes([0]) : timesOfDay(rule, startLocal - startDay * SECONDS_PER_DAY);
  const positions = rule.bySetPos;
  const most = source.mostDays * times.count;
  const isBarren = positions.length > 0 && positions.every((position) => Math.abs(position) > most);
  return { kind: 'days', source, times: isBarren ? listTimes([]) : times, positions };
}

function timesOfDay(rule: RecurrenceRule, startTime: number): TimesOfDay {
  return combineTimes(
    orDefault(rule.byHour, Math.floor(startTime / 3600)),
    orDefault(rule.byMinute, Math.floor(startTime / 60) % 60),
    orDefault(wholeSeconds(rule), startTime % 60),
  );
}

function planClock(rule: RecurrenceRule, startLocal: number, unitSeconds: 3600 | 60 | 1): ClockPlan {
  const startUnit = Math.floor(startLocal / unitSeconds);
  const inUnit = startLocal - startUnit * unitSeconds;
  const minutes = unitSeconds === 3600 ? orDefault(rule.byMinute, Math.floor(inUnit / 60)) : [0];
  const seconds = unitSeconds === 1 ? [0] : orDefault(wholeSeconds(rule), inUnit % 60);
  const unitsPerDay = SECONDS_PER_DAY / unitSeconds;
  const filter = clockFilter(unitSeconds, rule.byHour, rule.byMinute, wholeSeconds(rule));
  const isReached = reachesAllowedUnit(filter, startUnit, rule.interval, unitsPerDay);
  const times = isReached ? pickTimes(rule.bySetPos, combineTimes([0], minutes, seconds)) : listTimes([]);
  const days = dayRule({ ...rule, interval: 1 }, Math.floor(startLocal / SECONDS_PER_DAY));
  const hasDayLimits =
    days.months.length + days.yearDays.length + days.monthDays.length + days.weekdays.length > 0;
  return {
    kind: 'clock',
    unitSeconds,
    unitsPerDay,
    interval: rule.interval,
    startUnit,
    offsets: Array.from({ length: times.count }, (_, index) => times.at(index)),
    filter,
    days: hasDayLimits ? { rule: days, source: limitedDays(days) } : undefined,
  };
}

/** BYSECOND without the leap second, which civil time counts as the second before it. */
function wholeSeconds(rule: RecurrenceRule): readonly number[] {
  return rule.bySecond.at(-1) === 60
    ? [...new Set(rule.bySecond.map((second) => Math.min(second, 59)))]
    : rule.bySecond;
}

function orDefault(list: readonly number[], value: number): readonly number[] {
  return list.length > 0 ? list : [value];
}
