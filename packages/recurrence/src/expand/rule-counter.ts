import type { StepBudget } from '../step-budget.ts';
import { ClockCounter } from './clock-counter.ts';
import { DayCounter } from './day-counter.ts';
import type { RulePlan } from './rule-plan.ts';

/**
 * Counts the times of a rule without walking them, so that a window of a rule with COUNT can be sought too.
 * A counter keeps what it learned (at most one number for every few chunks), so that asking again is cheap.
 */
export interface RuleCounter {
  /** How many times the plan has from the beginning of DTSTART's period up to, and without, `local`. */
  before(local: number, budget: StepBudget): number;
}

export function openCounter(plan: RulePlan): RuleCounter {
  return plan.kind === 'days' ? new DayCounter(plan) : new ClockCounter(plan);
}
