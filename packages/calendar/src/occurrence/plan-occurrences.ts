import { StepBudget } from '@daywatch/recurrence';
import { ErrInvalidEvent } from '../errors.ts';
import type { EventDraft } from '../event/event.ts';
import type { Instant } from '../time/instant.ts';
import { explainRecurrence } from './explain-recurrence.ts';
import { findOccurrence, occurrencesOf } from './occurrences-of.ts';
import { planOccurrence, type OccurrenceOverride, type PlannedOccurrence } from './override.ts';
import { planRows, type Acceptance } from './plan-rows.ts';

/** What planning a new rule may take: enough for MAX_OCCURRENCES of any that is not made to be slow. */
const NEW_STEPS = 200_000;

/** What planning a rule that was accepted may take: its rows may have become many. */
const KEPT_STEPS = 2_000_000;

/** An event with every occurrence of it that is to be a row. */
export interface OccurrencePlan<T extends EventDraft = EventDraft> {
  readonly event: T;
  readonly occurrences: readonly PlannedOccurrence[];
}

/**
 * Plans the rows of an event: what planRows says, and those of other occurrences that were changed.
 * @param horizon exclusive; kept with the event where not all of it is rows.
 * @throws ErrInvalidEvent where there are none, or too many.
 */
export function planOccurrences<T extends EventDraft>(
  event: T,
  overrides: readonly OccurrenceOverride[],
  horizon: Instant,
  acceptance: Acceptance = 'new',
): OccurrencePlan<T> {
  return explainRecurrence(() => {
    const budget = new StepBudget(acceptance === 'new' ? NEW_STEPS : KEPT_STEPS);
    const { spans, from, until } = planRows(event, horizon, acceptance, budget);
    const changes = new Map(overrides.map((override) => [override.recurrenceId, override.changes]));
    const rows = spans.map((span) => planOccurrence(event, span, changes.get(span.recurrenceId)));
    for (const span of spans) changes.delete(span.recurrenceId);
    const apart = [...changes].flatMap(([recurrenceId, changed]) => {
      const span = findOccurrence(event, recurrenceId, budget);
      return span ? [planOccurrence(event, span, changed)] : [];
    });
    const occurrences =
      apart.length === 0 ? rows : [...rows, ...apart].toSorted((a, b) => a.recurrenceId - b.recurrenceId);
    if (occurrences.length === 0 && !hasAny(event, budget)) throw nothingLeft();
    const { materialisedFrom: _, materialisedUntil: __, ...rest } = event;
    const planned = {
      ...rest,
      ...(from !== undefined && { materialisedFrom: from }),
      ...(until !== undefined && { materialisedUntil: until }),
    };
    return { event: planned as unknown as T, occurrences };
  });
}

function hasAny(event: EventDraft, budget: StepBudget): boolean {
  return occurrencesOf(event, {}, budget).next().done !== true;
}

function nothingLeft(): ErrInvalidEvent {
  const description = 'leaves no occurrence; allowed are rules and dates that leave at least one';
  return new ErrInvalidEvent([{ field: 'recurrence', description }]);
}
