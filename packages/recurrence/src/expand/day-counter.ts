import { SECONDS_PER_DAY } from '../civil/civil-date.ts';
import type { StepBudget } from '../step-budget.ts';
import { pickInstances } from './day-cursor.ts';
import type { DayPlan } from './day-cursor.ts';
import { chunkInstances } from './moved-day-cursor.ts';
import type { RuleCounter } from './rule-counter.ts';
import { pickPositions } from './set-positions.ts';
import { timeIndexFrom } from './times-of-day.ts';

/** Every how many chunks a running total is kept. */
const CHECKPOINT_CHUNKS = 32;

/**
 * Counts by whole chunks: by multiplication where all have the same number of days, by a table of the few
 * kinds of years or months otherwise, which is exact because a chunk's days depend on its kind alone.
 */
export class DayCounter implements RuleCounter {
  readonly #plan: DayPlan;
  readonly #days: number[] = [];
  /** Instances in a chunk, by the chunk's signature. */
  readonly #bySignature = new Map<number, number>();
  /** Instances in the chunks before chunk `index * CHECKPOINT_CHUNKS`. */
  readonly #checkpoints: number[] = [0];

  constructor(plan: DayPlan) {
    this.#plan = plan;
  }

  before(local: number, budget: StepBudget): number {
    const { source } = this.#plan;
    const day = Math.floor(local / SECONDS_PER_DAY);
    let chunk = source.chunkAt(day - source.slackDays);
    let total = this.#inChunksBefore(chunk, budget);
    while (source.startOf(chunk) - source.slackDays <= day) {
      total += this.#inChunk(chunk, local, budget);
      chunk += 1;
    }
    return total;
  }

  #inChunksBefore(chunk: number, budget: StepBudget): number {
    const { source, times, positions } = this.#plan;
    if (source.uniformDays !== undefined) {
      const instances = source.uniformDays * times.count;
      return chunk * (positions.length === 0 ? instances : pickPositions(positions, instances).length);
    }
    if (chunk === 0) {
      return 0;
    }
    // DTSTART's chunk has no neighbour before it that could share an instance; the others repeat.
    const cycles = Math.floor((chunk - 1) / source.cycleChunks);
    const rest = chunk - cycles * source.cycleChunks;
    const perCycle = cycles === 0 ? 0 : this.#sum(1 + source.cycleChunks, budget) - this.#sum(1, budget);
    return cycles * perCycle + this.#sum(rest, budget);
  }

  /** Instances in the first `chunks` chunks, one by one from the nearest checkpoint. */
  #sum(chunks: number, budget: StepBudget): number {
    const known = Math.min(Math.floor(chunks / CHECKPOINT_CHUNKS), this.#checkpoints.length - 1);
    let total = this.#checkpoints[known] as number;
    for (let index = known * CHECKPOINT_CHUNKS; index < chunks; index += 1) {
      if (index % CHECKPOINT_CHUNKS === 0) {
        this.#checkpoints[index / CHECKPOINT_CHUNKS] = total;
      }
      total += this.#inWholeChunk(index, budget);
    }
    return total;
  }

  #inWholeChunk(chunk: number, budget: StepBudget): number {
    const { source } = this.#plan;
    budget.spend(1);
    // With SKIP a chunk's share also depends on what its neighbour already has.
    const signature = source.slackDays === 0 ? source.signature(chunk) : -1;
    if (signature < 0) {
      return this.#inChunk(chunk, Infinity, budget);
    }
    let count = this.#bySignature.get(signature);
    if (count === undefined) {
      count = this.#inChunk(chunk, Infinity, budget);
      this.#bySignature.set(signature, count);
    }
    return count;
  }

  /** Instances of one chunk before `local`, without those that the chunk before it has as well. */
  #inChunk(chunk: number, local: number, budget: StepBudget): number {
    const { source, times, positions } = this.#plan;
    if (source.slackDays > 0) {
      const earlier = chunk === 0 ? [] : chunkInstances(this.#plan, chunk - 1, this.#days, budget);
      const taken = new Set(earlier);
      return chunkInstances(this.#plan, chunk, this.#days, budget).filter(
        (item) => item < local && !taken.has(item),
      ).length;
    }
    this.#days.length = 0;
    budget.spend(source.fill(chunk, this.#days));
    if (positions.length > 0) {
      budget.spend(positions.length);
      return pickInstances(this.#plan, this.#days).filter((item) => item < local).length;
    }
    if (local === Infinity) {
      return this.#days.length * times.count;
    }
    const day = Math.floor(local / SECONDS_PER_DAY);
    const whole = this.#days.findLastIndex((candidate) => candidate < day) + 1;
    const partial = this.#days[whole] === day ? timeIndexFrom(times, local - day * SECONDS_PER_DAY) : 0;
    return whole * times.count + partial;
  }
}
