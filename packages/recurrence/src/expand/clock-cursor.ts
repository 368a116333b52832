import { SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { StepBudget } from '../step-budget.ts';
import type { ClockPlan } from './clock-plan.ts';
import type { LocalCursor } from './local-cursor.ts';
import { matchesDay } from './year-days.ts';

/** Looking at a unit that the limits rule out costs about as much as this many plain steps. */
const STEPS_PER_JUMP = 8;

/** Walks a {@link ClockPlan}: every `interval`th unit, jumping over hours and days that the limits rule out. */
export class ClockCursor implements LocalCursor {
  readonly #plan: ClockPlan;
  readonly #end: number;
  readonly #budget: StepBudget;
  #unit: number;
  #offsetIndex = 0;
  /** The last day looked at, and whether the limits leave it. */
  #day = NaN;
  #isDayAllowed = false;
  /** Allowed days of one chunk, with which days between allowed ones are skipped. */
  readonly #days: number[] = [];
  #chunk = -1;
  #dayIndex = 0;

  constructor(plan: ClockPlan, from: number, end: number, budget: StepBudget) {
    this.#plan = plan;
    this.#end = plan.offsets.length === 0 ? -Infinity : end;
    this.#budget = budget;
    const fromUnit = Math.max(plan.startUnit, Math.floor(from / plan.unitSeconds));
    this.#unit = this.#findUnit(fromUnit);
    while (this.#local() < from && this.#unit < Infinity) {
      this.#step();
    }
  }

  next(): number {
    const local = this.#local();
    if (local >= this.#end) {
      return Infinity;
    }
    this.#budget.spend(1);
    this.#step();
    return local;
  }

  #local(): number {
    return this.#unit * this.#plan.unitSeconds + (this.#plan.offsets[this.#offsetIndex] ?? 0);
  }

  #step(): void {
    this.#offsetIndex += 1;
    if (this.#offsetIndex === this.#plan.offsets.length) {
      this.#offsetIndex = 0;
      this.#unit = this.#findUnit(this.#unit + 1);
    }
  }

  /** The first visited and allowed unit at or after this one; `Infinity` past the end. */
  #findUnit(from: number): number {
    const { startUnit, interval, unitsPerDay, unitSeconds, filter } = this.#plan;
    let unit = startUnit + Math.ceil((from - startUnit) / interval) * interval;
    while (unit * unitSeconds < this.#end) {
      const day = Math.floor(unit / unitsPerDay);
      let target = unit;
      if (!this.#allows(day)) {
        target = this.#nextAllowedDay(day) * unitsPerDay;
      } else if (!filter.isOpen) {
        const found = filter.nextAllowed(unit - day * unitsPerDay);
        target = found < 0 ? (day + 1) * unitsPerDay : day * unitsPerDay + found;
      }
      if (target === unit) {
        return unit;
      }
      this.#budget.spend(STEPS_PER_JUMP);
      unit = startUnit + Math.ceil((target - startUnit) / interval) * interval;
    }
    return Infinity;
  }

  #allows(day: number): boolean {
    const { days } = this.#plan;
    if (days === undefined) {
      return true;
    }
    if (day !== this.#day) {
      this.#day = day;
      this.#isDayAllowed = matchesDay(days.rule, day);
    }
    return this.#isDayAllowed;
  }

  #nextAllowedDay(day: number): number {
    const source = this.#plan.days?.source;
    if (source === undefined) {
      return day;
    }
    const first = source.chunkAt(day);
    let chunk = first;
    // A whole cycle of the calendar without an allowed day says that there is none, hence one chunk more.
    while (chunk - first <= source.cycleChunks && source.startOf(chunk) * SECONDS_PER_DAY < this.#end) {
      if (chunk !== this.#chunk) {
        this.#chunk = chunk;
        this.#dayIndex = 0;
        this.#budget.spend(source.fill(chunk, this.#days));
      }
      while (this.#dayIndex < this.#days.length && (this.#days[this.#dayIndex] as number) <= day) {
        this.#dayIndex += 1;
      }
      const found = this.#days[this.#dayIndex];
      if (found !== undefined) {
        return found;
      }
      chunk += 1;
    }
    return Infinity;
  }
}
