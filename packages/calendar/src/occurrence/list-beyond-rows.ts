import { RecurrenceError, StepBudget } from '@daywatch/recurrence';
import { ErrInvalidRequest } from '../errors.ts';
import type { OccurrencePosition, OccurrenceQuery } from '../event/event-store.ts';
import type { EventContent, EventId } from '../event/event.ts';
import { toInstant, type Interval } from '../time/instant.ts';
import { comparePositions } from './compare-positions.ts';
import { beyondRows, type EndlessSeries } from './endless-series.ts';
import { scheduleOfOccurrence } from './occurrence-schedule.ts';
import type { Occurrence, OccurrenceSpan } from './occurrence.ts';

/** What a listing shows of an endless series. */
export type ListedSeries = EndlessSeries<
  Omit<EventContent, 'uid' | 'description' | 'notifyBefore'> & { readonly id: EventId }
>;

/** What one listing may take, all of its series together. */
const LIST_STEPS = 1_000_000;

/**
 * A page of a listing: the rows of it, and what endless series have beyond their rows, in one order.
 * @param rows the first of the page, in order, at most `limit`.
 * @throws ErrInvalidRequest where the series take too many steps to work out.
 */
export function withBeyondRows(
  rows: readonly Occurrence[],
  series: readonly ListedSeries[],
  { from, to, after, limit }: Pick<OccurrenceQuery, 'from' | 'to' | 'after' | 'limit'>,
): readonly Occurrence[] {
  if (series.length === 0) return rows;
  return explainBudget(() => {
    const budget = new StepBudget(LIST_STEPS);
    const period = { start: toInstant(Math.max(from, after?.start ?? from)), end: to };
    const sources = series.map((one) => openSource(one, period, after, budget));
    const merged: Occurrence[] = [];
    let row = 0;
    while (merged.length < limit) {
      const source = firstOf(sources);
      const fromRows = rows[row];
      if (
        fromRows &&
        (!source?.head || comparePositions(toPosition(fromRows), toPosition(source.head)) < 0)
      ) {
        merged.push(fromRows);
        row++;
      } else if (source?.head) {
        merged.push(source.head);
        source.advance();
      } else break;
    }
    return merged;
  });
}

/**
 * What is busy in a period beyond the rows of endless series; not merged.
 * @throws ErrInvalidRequest as withBeyondRows.
 */
export function busyBeyondRows(
  series: readonly EndlessSeries[],
  period: Interval,
): readonly OccurrenceSpan[] {
  return explainBudget(() => {
    const budget = new StepBudget(LIST_STEPS);
    return series.filter(({ event }) => event.busy).flatMap((one) => [...beyondRows(one, period, budget)]);
  });
}

/** The occurrences of one series, the next of them at hand. */
interface Source {
  readonly head: Occurrence | undefined;
  readonly advance: () => void;
}

function openSource(
  series: ListedSeries,
  period: Interval,
  after: OccurrencePosition | undefined,
  budget: StepBudget,
): Source {
  const spans = beyondRows(series, period, budget);
  const source = {
    head: undefined as Occurrence | undefined,
    advance: () => {
      source.head = undefined;
      while (!source.head) {
        const next = spans.next();
        if (next.done) return;
        const found = toOccurrence(series.event, next.value);
        if (!after || comparePositions(toPosition(found), after) > 0) source.head = found;
      }
    },
  };
  source.advance();
  return source;
}

function firstOf(sources: readonly Source[]): Source | undefined {
  let first: Source | undefined;
  for (const source of sources) {
    if (!source.head) continue;
    if (!first?.head || comparePositions(toPosition(source.head), toPosition(first.head)) < 0) first = source;
  }
  return first;
}

function toOccurrence(event: ListedSeries['event'], span: OccurrenceSpan): Occurrence {
  return {
    eventId: event.id,
    recurrenceId: span.recurrenceId,
    calendarId: event.calendarId,
    title: event.title,
    schedule: scheduleOfOccurrence(event.schedule, span),
    timeZone: event.timeZone,
    busy: event.busy,
    location: event.location,
    recurring: true,
    overridden: false,
    startsAt: span.start,
  };
}

function toPosition({ startsAt, eventId, recurrenceId }: Occurrence): OccurrencePosition {
  return { start: startsAt, eventId, recurrenceId };
}

function explainBudget<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof RecurrenceError)) throw error;
    const description = `makes a period whose recurring events take too long to work out; allowed is a shorter one`;
    throw new ErrInvalidRequest([{ field: 'to', description }]);
  }
}
