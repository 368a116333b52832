import { RecurrenceError } from './recurrence-error.ts';

/**
 * How many steps one call may take by default. A step is up to a quarter of a microsecond of work: a period visited,
 * a candidate day examined; an occurrence handed out is three. So the default keeps every call under 10 ms, and lists
 * up to 8,000 occurrences.
 */
export const DEFAULT_STEP_BUDGET = 25_000;

/** Counts the steps of one or several calls; going over the limit throws `budget_exceeded`. */
export class StepBudget {
  readonly limit: number;
  #used = 0;

  constructor(limit: number = DEFAULT_STEP_BUDGET) {
    this.limit = limit;
  }

  /** Steps spent so far. */
  get used(): number {
    return this.#used;
  }

  spend(steps: number): void {
    this.#used += steps;
    if (this.#used > this.limit) {
      throw new RecurrenceError(
        'budget_exceeded',
        `The recurrence takes more than ${this.limit} steps to work out; ask for a shorter window or a simpler rule.`,
        { value: String(this.#used), allowed: `at most ${this.limit} steps` },
      );
    }
  }
}

/** A budget as callers give it: their own counter, a limit, or nothing for the default. */
export type BudgetOption = StepBudget | number | undefined;

export function openBudget(option: BudgetOption): StepBudget {
  return option instanceof StepBudget ? option : new StepBudget(option);
}
