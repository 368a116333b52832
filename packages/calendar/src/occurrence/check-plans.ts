import { RecurrenceError, StepBudget } from '@daywatch/recurrence';
import { ErrDateBusy, ErrInvalidEvent } from '../errors.ts';
import { MAX_CONFLICTS, type PlannedEvent } from '../event/event-store.ts';
import type { Event, EventId } from '../event/event.ts';
import { MAX_INSTANT, MIN_INSTANT, type Interval } from '../time/instant.ts';
import {
  beyondRows,
  endlessSeriesOf,
  findBeyondRows,
  MAX_ENDLESS_SERIES,
  type EndlessSeries,
} from './endless-series.ts';
import { findOccurrence } from './occurrences-of.ts';
import { describeConflict, findOverlaps } from './occurrence-schedule.ts';
import { idOf } from './original-start.ts';
import type { OccurrenceSpan } from './occurrence.ts';
import type { PlannedOccurrence } from './override.ts';

/** What checking one write against the calendar may take. */
const CHECK_STEPS = 5_000_000;

/** How many occurrences beyond the rows are compared with each other: enough to see a rule repeat itself. */
const COMPARED_AHEAD = 64;

/** What is stored of the event that a write replaces. */
export interface StoredRows {
  readonly event: Event;
  readonly occurrences: readonly PlannedOccurrence[];
}

/** What of a write must be free: it is compared with what else the calendar holds. */
export interface PlansToCheck {
  readonly ids: ReadonlySet<EventId>;
  /** The busy rows whose time the event did not take before, by start. */
  readonly rows: readonly PlannedOccurrence[];
  /**
   * The busy rows that are new although the event took their time before, beyond its rows; by start. They
   * are let in whatever they meet: it was let in then.
   */
  readonly carried: readonly PlannedOccurrence[];
  /** Whether the event took that very time before. */
  readonly wasHeld: (occurrence: OccurrenceSpan) => boolean;
  /** The busy series whose occurrences beyond their rows are new or changed. */
  readonly endless: readonly EndlessSeries<PlannedEvent['event']>[];
  readonly budget: StepBudget;
}

/** Names a row as it was: rows of one key stay as they are. */
export function occurrenceKey({ recurrenceId, start, end, busy }: PlannedOccurrence): string {
  return `${recurrenceId} ${start} ${end} ${busy}`;
}

/** Finds what of the plans is new, compared with the event that they replace. */
export function plansToCheck(plans: readonly PlannedEvent[], before: StoredRows | undefined): PlansToCheck {
  const budget = new StepBudget(CHECK_STEPS);
  const known = new Set(before?.occurrences.map(occurrenceKey));
  const wasHeld = holder(before, budget);
  const added = plans
    .flatMap(({ occurrences }) => occurrences)
    .filter((row) => row.busy && !known.has(occurrenceKey(row)))
    .toSorted((a, b) => a.start - b.start);
  const carried = added.filter((row) => wasHeld(row));
  const endless = plans.flatMap((plan) => {
    const series = plan.event.busy ? endlessSeriesOf(plan) : undefined;
    return series && !isAsBefore(series, before) ? [series] : [];
  });
  const ids = new Set(plans.map(({ event }) => event.id));
  if (before) ids.add(before.event.id);
  const taken = new Set(carried);
  const rows = added.filter((row) => !taken.has(row));
  return { ids, rows, carried, wasHeld, endless, budget };
}

/** Tells which times an event takes: by its rows, or beyond them. */
function holder(before: StoredRows | undefined, budget: StepBudget): (occurrence: OccurrenceSpan) => boolean {
  if (!before) return () => false;
  const { event, occurrences } = before;
  const rows = new Map(occurrences.map((row) => [row.recurrenceId, row]));
  const { materialisedUntil } = event;
  return ({ recurrenceId, start, end }) => {
    const row = rows.get(recurrenceId);
    if (row) return row.busy && row.start === start && row.end === end;
    if (!event.busy || materialisedUntil === undefined || start < materialisedUntil) return false;
    const span = findOccurrence(event, recurrenceId, budget);
    return span !== undefined && span.start === start && span.end === end;
  };
}

/**
 * The occurrences of the plans that others of them run into: rows, and what comes beyond them.
 * @throws ErrDateBusy
 */
export function refuseOwnOverlaps(plans: readonly PlannedEvent[], check: PlansToCheck): void {
  if (check.rows.length === 0 && check.endless.length === 0) return;
  const news = new Set<Interval>(check.rows);
  const own: (OccurrenceSpan & {
    readonly plan: PlannedEvent;
    readonly changes?: PlannedOccurrence['changes'];
  })[] = [];
  const isNew = new Set<Interval>();
  for (const plan of plans) {
    for (const row of plan.occurrences) {
      if (!row.busy) continue;
      const one = { ...row, plan };
      own.push(one);
      if (news.has(row)) isNew.add(one);
    }
  }
  const rows = own.toSorted((a, b) => a.start - b.start);
  for (const series of check.endless) {
    const plan = plans.find(({ event }) => event.id === series.event.id) as PlannedEvent;
    const met = findBeyondRows(series, rows, MAX_CONFLICTS, check.budget);
    const ahead = beyondRows(series, ENDLESSLY, check.budget).take(COMPARED_AHEAD);
    for (const span of [...met, ...ahead, ...aroundDates(series, check.budget)]) {
      const one = { ...span, plan };
      own.push(one);
      if (!check.wasHeld(span)) isNew.add(one);
    }
  }
  const unique = [...new Map(own.map((one) => [`${one.plan.event.id} ${one.recurrenceId}`, one])).values()];
  const overlaps = findOverlaps(unique, (one) => isNew.has(one));
  if (overlaps.length === 0) return;
  throw new ErrDateBusy(
    overlaps.map(({ plan: { event }, changes, ...span }) =>
      describeConflict(event.id, event.schedule, event.timeZone, span, changes?.schedule),
    ),
  );
}

/** Added dates beyond the rows, and what the rule makes at the same time: a date keeps to no rule. */
function* aroundDates(
  series: EndlessSeries<PlannedEvent['event']>,
  budget: StepBudget,
): Generator<OccurrenceSpan, void, undefined> {
  const { event, materialisedUntil } = series;
  for (const wall of event.recurrence?.rdates ?? []) {
    const date = findOccurrence(event, idOf(event, wall), budget);
    if (date && date.start >= materialisedUntil) yield* beyondRows(series, date, budget);
  }
}

const ENDLESSLY: Interval = { start: MIN_INSTANT, end: MAX_INSTANT };

/**
 * Runs a comparison with the calendar.
 * @throws ErrInvalidEvent where it takes too many steps.
 */
export function explainCheck<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    const description =
      'takes too long to compare with the recurring events of the calendar; allowed are fewer occurrences: give COUNT or UNTIL';
    throw new ErrInvalidEvent([{ field: 'recurrence.rrule', description }]);
  }
}

/** Whether a series newly takes time beyond its rows that the span has. */
export function meetsAnew(series: EndlessSeries, span: Interval, { wasHeld, budget }: PlansToCheck): boolean {
  return beyondRows(series, span, budget).some((occurrence) => !wasHeld(occurrence));
}

/** A calendar has a limit of series without end. */
export function tooManyEndless(): ErrInvalidEvent {
  const description = `has no end, and the calendar has ${MAX_ENDLESS_SERIES} such series already; allowed are rules with COUNT or UNTIL`;
  return new ErrInvalidEvent([{ field: 'recurrence.rrule', description }]);
}

/** Whether a series has the same occurrences beyond its rows as the event that it replaces. */
function isAsBefore(series: EndlessSeries<PlannedEvent['event']>, before: StoredRows | undefined): boolean {
  const was = before?.event.busy ? endlessSeriesOf(before) : undefined;
  return (
    was !== undefined &&
    was.event.id === series.event.id &&
    was.materialisedUntil === series.materialisedUntil &&
    was.event.timeZone === series.event.timeZone &&
    JSON.stringify(was.event.schedule) === JSON.stringify(series.event.schedule) &&
    JSON.stringify(was.event.recurrence) === JSON.stringify(series.event.recurrence) &&
    [...was.overridden].join() === [...series.overridden].join()
  );
}
