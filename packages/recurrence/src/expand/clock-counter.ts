import { END_OF_TIME, greatestCommonDivisor, SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { StepBudget } from '../step-budget.ts';
import type { ClockPlan } from './clock-plan.ts';
import { DayCounter } from './day-counter.ts';
import type { RuleCounter } from './rule-counter.ts';
import { listTimes } from './times-of-day.ts';
import { matchesDay } from './year-days.ts';

/**
 * Counts hours, minutes or seconds. Which units of a day are visited repeats after a number of visits that
 * is at most the units of a day, so a table of one such cycle counts any stretch; limits on days are counted
 * by the day counter where each day has as many units, and day by day where INTERVAL drifts through the day.
 */
export class ClockCounter implements RuleCounter {
  readonly #plan: ClockPlan;
  /** Days that the limits leave, one instance each. */
  readonly #allowedDays: DayCounter | undefined;
  /** Allowed units among the first visits of a cycle; made when first needed. */
  #cycle: Int32Array | undefined;
  /** Totals of units at the start of a chunk of days, where days differ. */
  readonly #byChunk: number[] = [];

  constructor(plan: ClockPlan) {
    this.#plan = plan;
    this.#allowedDays =
      plan.days === undefined
        ? undefined
        : new DayCounter({ kind: 'days', source: plan.days.source, times: listTimes([0]), positions: [] });
  }

  before(local: number, budget: StepBudget): number {
    const { unitSeconds, offsets } = this.#plan;
    const unit = Math.floor(local / unitSeconds);
    const whole = this.#unitsBefore(unit, budget);
    const inUnit = offsets.filter((offset) => offset < local - unit * unitSeconds).length;
    const current = inUnit === 0 ? 0 : this.#unitsBefore(unit + 1, budget) - whole;
    return whole * offsets.length + current * inUnit;
  }

  #unitsBefore(unit: number, budget: StepBudget): number {
    const { days, unitsPerDay, interval, startUnit } = this.#plan;
    if (days === undefined || this.#allowedDays === undefined || unit <= startUnit) {
      return this.#visitsBefore(unit, budget);
    }
    const firstDay = Math.floor(startUnit / unitsPerDay);
    const day = Math.floor(unit / unitsPerDay);
    const inDay = (which: number, end: number): number =>
      matchesDay(days.rule, which)
        ? this.#visitsBefore(end, budget) - this.#visitsBefore(which * unitsPerDay, budget)
        : 0;
    if (day === firstDay) {
      return inDay(day, unit);
    }
    const current = unit === day * unitsPerDay ? 0 : inDay(day, unit);
    if (unitsPerDay % interval !== 0) {
      return this.#dayByDay(day, budget) + current;
    }
    const first = inDay(firstDay, (firstDay + 1) * unitsPerDay);
    const perDay =
      this.#visitsBefore((firstDay + 2) * unitsPerDay, budget) -
      this.#visitsBefore((firstDay + 1) * unitsPerDay, budget);
    const allowed =
      this.#allowedDays.before(day * SECONDS_PER_DAY, budget) -
      this.#allowedDays.before((firstDay + 1) * SECONDS_PER_DAY, budget);
    return first + perDay * allowed + current;
  }

  /** Units on allowed days before `day`, each day counted by itself. */
  #dayByDay(day: number, budget: StepBudget): number {
    const { days, unitsPerDay } = this.#plan;
    const source = days?.source;
    if (source === undefined) {
      return 0;
    }
    const last = source.chunkAt(day);
    const buffer: number[] = [];
    let chunk = Math.min(last, Math.max(0, this.#byChunk.length - 1));
    let total = this.#byChunk[chunk] ?? 0;
    for (; chunk <= last && source.startOf(chunk) * SECONDS_PER_DAY < END_OF_TIME; chunk += 1) {
      this.#byChunk[chunk] = total;
      budget.spend(source.fill(chunk, buffer));
      for (const allowed of buffer) {
        if (allowed >= day) {
          return total;
        }
        budget.spend(1);
        total +=
          this.#visitsBefore((allowed + 1) * unitsPerDay, budget) -
          this.#visitsBefore(allowed * unitsPerDay, budget);
      }
    }
    return total;
  }

  /** Visited units before `unit` that the limits on the time of day allow. */
  #visitsBefore(unit: number, budget: StepBudget): number {
    const { startUnit, interval, filter } = this.#plan;
    const visits = Math.max(0, Math.ceil((unit - startUnit) / interval));
    if (filter.isOpen) {
      return visits;
    }
    this.#cycle ??= this.#countCycle(budget);
    const length = this.#cycle.length - 1;
    const perCycle = this.#cycle[length] as number;
    return Math.floor(visits / length) * perCycle + (this.#cycle[visits % length] as number);
  }

  #countCycle(budget: StepBudget): Int32Array {
    const { startUnit, interval, unitsPerDay, filter } = this.#plan;
    const length = unitsPerDay / greatestCommonDivisor(interval, unitsPerDay);
    budget.spend(length);
    const cycle = new Int32Array(length + 1);
    for (let visit = 0; visit < length; visit += 1) {
      const unitOfDay = (((startUnit + visit * interval) % unitsPerDay) + unitsPerDay) % unitsPerDay;
      cycle[visit + 1] = (cycle[visit] as number) + Number(filter.nextAllowed(unitOfDay) === unitOfDay);
    }
    return cycle;
  }
}
