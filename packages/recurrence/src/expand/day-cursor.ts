import { SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { StepBudget } from '../step-budget.ts';
import type { DaySource } from './day-source.ts';
import type { LocalCursor } from './local-cursor.ts';
import { pickPositions } from './set-positions.ts';
import { timeIndexFrom } from './times-of-day.ts';
import type { TimesOfDay } from './times-of-day.ts';

/** A rule whose periods are days or longer: its days, its times of day, and BYSETPOS over each chunk. */
export interface DayPlan {
  readonly kind: 'days';
  readonly source: DaySource;
  readonly times: TimesOfDay;
  readonly positions: readonly number[];
}

/** Telling the kind of a chunk costs about as much as this many plain steps. */
const STEPS_PER_LOOK = 2;

/** The instances that BYSETPOS leaves of a chunk's days and times, ascending. */
export function pickInstances(plan: DayPlan, days: readonly number[]): readonly number[] {
  const { times } = plan;
  return pickPositions(plan.positions, days.length * times.count).map(
    (index) =>
      (days[Math.floor(index / times.count)] as number) * SECONDS_PER_DAY + times.at(index % times.count),
  );
}

/** Walks a {@link DayPlan} whose chunks do not reach into each other. */
export class DayCursor implements LocalCursor {
  readonly #plan: DayPlan;
  readonly #end: number;
  readonly #budget: StepBudget;
  readonly #days: number[] = [];
  /** The chunk's instances where BYSETPOS picks them; otherwise they are days by times. */
  #picked: readonly number[] | undefined;
  #chunk: number;
  #dayIndex = 0;
  #timeIndex = 0;
  /** How many chunks in a row had no instance, and of which kinds chunks without one are. */
  #emptyChunks = 0;
  #emptyKinds: Set<number> | undefined;

  /** Begins at the first time not before `from`; times from `end` on are left out. */
  constructor(plan: DayPlan, from: number, end: number, budget: StepBudget) {
    this.#plan = plan;
    this.#end = end;
    this.#budget = budget;
    this.#chunk = plan.source.chunkAt(Math.floor(from / SECONDS_PER_DAY));
    if (this.#fill()) {
      this.#seekInChunk(from);
    }
  }

  next(): number {
    for (;;) {
      if (this.#picked !== undefined) {
        if (this.#dayIndex < this.#picked.length) {
          return this.#emit(this.#picked[this.#dayIndex++] as number);
        }
      } else if (this.#dayIndex < this.#days.length) {
        const day = this.#days[this.#dayIndex] as number;
        const local = day * SECONDS_PER_DAY + this.#plan.times.at(this.#timeIndex);
        this.#timeIndex += 1;
        if (this.#timeIndex === this.#plan.times.count) {
          this.#timeIndex = 0;
          this.#dayIndex += 1;
        }
        return this.#emit(local);
      }
      this.#chunk += 1;
      if (!this.#fill()) {
        return Infinity;
      }
    }
  }

  #emit(local: number): number {
    this.#budget.spend(1);
    return local < this.#end ? local : Infinity;
  }

  /**
   * Fills the buffers from the current chunk; false once chunks begin at or after the end, or a whole cycle of
   * the calendar had none with an instance, so that none will.
   */
  #fill(): boolean {
    const { source, positions, times } = this.#plan;
    this.#dayIndex = 0;
    this.#timeIndex = 0;
    this.#days.length = 0;
    if (times.count === 0 || source.startOf(this.#chunk) * SECONDS_PER_DAY >= this.#end) {
      return false;
    }
    if (this.#emptyKinds?.has(source.signature(this.#chunk)) === true) {
      this.#budget.spend(STEPS_PER_LOOK);
    } else {
      this.#budget.spend(source.fill(this.#chunk, this.#days));
    }
    if (positions.length > 0) {
      this.#picked = pickInstances(this.#plan, this.#days);
      this.#budget.spend(this.#days.length === 0 ? 0 : positions.length);
    }
    if ((this.#picked ?? this.#days).length > 0) {
      this.#emptyChunks = 0;
      return true;
    }
    return this.#noteEmptyChunk();
  }

  /** False once as many chunks in a row were empty as make a cycle. */
  #noteEmptyChunk(): boolean {
    const { source } = this.#plan;
    const kind = source.signature(this.#chunk);
    if (kind >= 0) {
      this.#emptyKinds ??= new Set();
      this.#emptyKinds.add(kind);
    }
    this.#emptyChunks += 1;
    return this.#emptyChunks < source.cycleChunks;
  }

  #seekInChunk(from: number): void {
    if (this.#picked !== undefined) {
      while (this.#dayIndex < this.#picked.length && (this.#picked[this.#dayIndex] as number) < from) {
        this.#dayIndex += 1;
      }
      return;
    }
    const day = Math.floor(from / SECONDS_PER_DAY);
    while (this.#dayIndex < this.#days.length && (this.#days[this.#dayIndex] as number) < day) {
      this.#dayIndex += 1;
    }
    if (this.#days[this.#dayIndex] === day) {
      this.#timeIndex = timeIndexFrom(this.#plan.times, from - day * SECONDS_PER_DAY);
      if (this.#timeIndex === this.#plan.times.count) {
        this.#timeIndex = 0;
        this.#dayIndex += 1;
      }
    }
  }
}
