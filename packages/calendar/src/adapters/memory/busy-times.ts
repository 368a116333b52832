import { ErrDateBusy } from '../../errors.ts';
import { MAX_CONFLICTS, type PlannedEvent } from '../../event/event-store.ts';
import type { Event } from '../../event/event.ts';
import {
  explainCheck,
  meetsAnew,
  plansToCheck,
  refuseOwnOverlaps,
  tooManyEndless,
  type PlansToCheck,
} from '../../occurrence/check-plans.ts';
import { comparePositions } from '../../occurrence/compare-positions.ts';
import { findBeyondRows, MAX_ENDLESS_SERIES } from '../../occurrence/endless-series.ts';
import type { BusyConflict } from '../../occurrence/occurrence.ts';
import { describeConflict } from '../../occurrence/occurrence-schedule.ts';
import type { PlannedOccurrence } from '../../occurrence/override.ts';
import { MAX_INSTANT } from '../../time/instant.ts';
import type { MemoryState, StoredCalendar, StoredEvent } from './memory-state.ts';
import type { IndexedOccurrence } from './occurrence-index.ts';

/** An occurrence in the way: a row, or what an endless series has beyond its rows. */
type Obstacle = PlannedOccurrence & { readonly event: Event };

/**
 * Throws where the write must not happen; nothing is changed by then. Answers what it has found to be new.
 * @throws ErrDateBusy, ErrInvalidEvent where the calendar has too many endless series.
 */
export function checkBusy(
  state: MemoryState,
  calendar: StoredCalendar,
  plans: readonly PlannedEvent[],
  before: StoredEvent | undefined,
): PlansToCheck {
  refuseTooMany(calendar, plans, before);
  return explainCheck(() => {
    const check = plansToCheck(plans, before);
    const obstacles = [...rowsInTheWay(state, calendar, check), ...beyondRowsInTheWay(calendar, check)];
    if (obstacles.length > 0) throw new ErrDateBusy(describe(obstacles));
    refuseOwnOverlaps(plans, check);
    return check;
  });
}

/** What the event's marked rows clash with. */
export function listConflicts(
  state: MemoryState,
  calendar: StoredCalendar,
  stored: StoredEvent,
): readonly BusyConflict[] {
  const found = stored.occurrences
    .filter(({ exempt }) => exempt)
    .flatMap((row) =>
      calendar.occurrences.find(row, {
        limit: MAX_CONFLICTS,
        accept: (other) => other.busy && other !== row,
      }),
    );
  return describe(found.map((row) => toObstacle(state, calendar, row)));
}

function refuseTooMany(
  calendar: StoredCalendar,
  plans: readonly PlannedEvent[],
  before: StoredEvent | undefined,
): void {
  const added = plans.filter(({ event }) => event.materialisedUntil !== undefined).length;
  const freed = before?.endless ? 1 : 0;
  if (added > freed && calendar.endless.size + added - freed > MAX_ENDLESS_SERIES) throw tooManyEndless();
}

function rowsInTheWay(
  state: MemoryState,
  calendar: StoredCalendar,
  check: PlansToCheck,
): readonly Obstacle[] {
  const { rows, endless, ids } = check;
  const found = new Set<IndexedOccurrence>();
  const isOther = ({ busy, eventId }: IndexedOccurrence): boolean => busy && !ids.has(eventId);
  for (const row of rows) {
    for (const other of calendar.occurrences.find(row, { limit: MAX_CONFLICTS, accept: isOther })) {
      found.add(other);
    }
  }
  for (const series of endless) {
    const ahead = { start: series.materialisedUntil, end: MAX_INSTANT };
    const met = calendar.occurrences.find(ahead, {
      limit: MAX_CONFLICTS,
      accept: (other) => isOther(other) && meetsAnew(series, other, check),
    });
    for (const other of met) found.add(other);
  }
  return [...found].map((row) => toObstacle(state, calendar, row));
}

function beyondRowsInTheWay(
  calendar: StoredCalendar,
  { rows, ids, budget }: PlansToCheck,
): readonly Obstacle[] {
  return [...calendar.endless.values()]
    .filter(({ event }) => event.busy && !ids.has(event.id))
    .flatMap((series) =>
      findBeyondRows(series, rows, MAX_CONFLICTS, budget).map((span) => ({
        ...span,
        busy: true,
        event: series.event,
      })),
    );
}

function toObstacle(state: MemoryState, calendar: StoredCalendar, row: IndexedOccurrence): Obstacle {
  const stored = state.eventsOf(calendar.calendar.owner).get(row.eventId) as StoredEvent;
  return { ...row, event: stored.event };
}

/** The first of them, by position. */
function describe(obstacles: readonly Obstacle[]): readonly BusyConflict[] {
  const unique = new Map(obstacles.map((one) => [`${one.event.id} ${one.recurrenceId}`, one]));
  return [...unique.values()]
    .sort((a, b) => comparePositions({ ...a, eventId: a.event.id }, { ...b, eventId: b.event.id }))
    .slice(0, MAX_CONFLICTS)
    .map(({ event, changes, ...span }) =>
      describeConflict(event.id, event.schedule, event.timeZone, span, changes?.schedule),
    );
}
