import { SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { StepBudget } from '../step-budget.ts';
import type { DayPlan } from './day-cursor.ts';
import { pickInstances } from './day-cursor.ts';
import type { LocalCursor } from './local-cursor.ts';

/** Merging a chunk with its neighbours costs about as much as this many plain steps. */
const STEPS_PER_MERGE = 16;

/** All instances of one chunk, ascending. */
export function chunkInstances(
  plan: DayPlan,
  chunk: number,
  days: number[],
  budget: StepBudget,
): readonly number[] {
  budget.spend(STEPS_PER_MERGE + plan.source.fill(chunk, days));
  if (plan.positions.length > 0) {
    budget.spend(plan.positions.length);
    return pickInstances(plan, days);
  }
  budget.spend(2 * days.length * plan.times.count);
  return days.flatMap((day) =>
    Array.from({ length: plan.times.count }, (_, index) => day * SECONDS_PER_DAY + plan.times.at(index)),
  );
}

/**
 * Walks a {@link DayPlan} with SKIP, where a moved date may land in the next or the previous chunk: instances
 * wait until no later chunk can come before them, and one that two chunks reach counts once.
 */
export class MovedDayCursor implements LocalCursor {
  readonly #plan: DayPlan;
  readonly #from: number;
  readonly #end: number;
  readonly #budget: StepBudget;
  readonly #days: number[] = [];
  #chunk: number;
  #waiting: number[] = [];
  #index = 0;
  /** Instances before this are safe to hand out. */
  #safeBefore = -Infinity;

  constructor(plan: DayPlan, from: number, end: number, budget: StepBudget) {
    this.#plan = plan;
    this.#from = from;
    this.#end = end;
    this.#budget = budget;
    this.#chunk = plan.source.chunkAt(Math.floor(from / SECONDS_PER_DAY) - plan.source.slackDays);
  }

  next(): number {
    for (;;) {
      const head = this.#waiting[this.#index];
      if (head !== undefined && head < this.#safeBefore) {
        this.#index += 1;
        return head < this.#end ? head : Infinity;
      }
      if (this.#safeBefore >= this.#end) {
        return Infinity;
      }
      this.#pull();
    }
  }

  #pull(): void {
    const { source } = this.#plan;
    const waiting = new Set(this.#waiting.slice(this.#index));
    for (const local of chunkInstances(this.#plan, this.#chunk, this.#days, this.#budget)) {
      if (local >= this.#from) {
        waiting.add(local);
      }
    }
    this.#waiting = [...waiting].sort((a, b) => a - b);
    this.#index = 0;
    this.#chunk += 1;
    this.#safeBefore = (source.startOf(this.#chunk) - source.slackDays) * SECONDS_PER_DAY;
  }
}
