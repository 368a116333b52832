import { encodeTimestamp, type Queries } from '@daywatch/service-kit/postgres';
import { ErrDateBusy } from '../../errors.ts';
import { MAX_CONFLICTS, type PlannedEvent } from '../../event/event-store.ts';
import type { EventId } from '../../event/event.ts';
import {
  explainCheck,
  meetsAnew,
  plansToCheck,
  refuseOwnOverlaps,
  tooManyEndless,
  type PlansToCheck,
  type StoredRows,
} from '../../occurrence/check-plans.ts';
import { comparePositions } from '../../occurrence/compare-positions.ts';
import { findBeyondRows, MAX_ENDLESS_SERIES } from '../../occurrence/endless-series.ts';
import type { BusyConflict } from '../../occurrence/occurrence.ts';
import { describeConflict } from '../../occurrence/occurrence-schedule.ts';
import { toInstant, type Instant, type Interval } from '../../time/instant.ts';
import { describeConflictRow } from './conflict-row.ts';
import { toListedSeries } from './series-json.ts';
import { findConflicts, type ConflictRow } from './sql/find-conflicts.ts';
import { listBusyAhead } from './sql/list-busy-ahead.ts';
import { countEndless, listEndless } from './sql/list-endless.ts';

/** How many rows ahead are compared at a time. */
const PAGE = 1_000;
const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Something in the way: where it stands, and how it is told. */
interface Obstacle {
  readonly start: Instant;
  readonly eventId: EventId;
  readonly recurrenceId: Instant;
  readonly describe: () => BusyConflict;
}

/**
 * Looks at all that the constraint does not see: occurrences that clash already, and what endless series
 * have beyond their rows. Under the calendar's lock, before anything is written, it decides; without the
 * lock it tells what was in the way a moment ago. All it asks is sent at once.
 * @param plainUntil until when the rows and the constraint say everything; undefined: always.
 * @returns what it has found to be new.
 * @throws ErrDateBusy, ErrInvalidEvent where the calendar has too many endless series.
 */
export async function lookAround(
  queries: Queries,
  plans: readonly [PlannedEvent, ...PlannedEvent[]],
  before: StoredRows | undefined,
  plainUntil: Instant | undefined,
): Promise<PlansToCheck> {
  const check = explainCheck(() => plansToCheck(plans, before));
  const reach = check.rows.reduce((latest, { end }) => Math.max(latest, end), -Infinity);
  if (check.endless.length === 0 && (plainUntil === undefined || reach <= plainUntil)) {
    await refuseTooMany(queries, plans, before);
    return check;
  }
  const [, ...found] = await Promise.all([
    refuseTooMany(queries, plans, before),
    rowsInTheWay(queries, plans, check),
    beyondRowsInTheWay(queries, plans, check, reach),
    rowsAhead(queries, plans, check),
  ]);
  const obstacles = found.flat();
  if (obstacles.length > 0) throw new ErrDateBusy(firstOf(obstacles));
  explainCheck(() => refuseOwnOverlaps(plans, check));
  return check;
}

async function refuseTooMany(
  queries: Queries,
  plans: readonly [PlannedEvent, ...PlannedEvent[]],
  before: StoredRows | undefined,
): Promise<void> {
  const added = plans.filter(({ event }) => event.materialisedUntil !== undefined).length;
  if (added === 0 || (added === 1 && before?.event.materialisedUntil !== undefined)) return;
  const own = plans.map(({ event }) => event.id);
  const [row] = await queries.query(countEndless, [plans[0].event.calendarId, own]);
  if ((row?.count ?? 0) + added > MAX_ENDLESS_SERIES) throw tooManyEndless();
}

async function rowsInTheWay(
  queries: Queries,
  [plan]: readonly [PlannedEvent, ...PlannedEvent[]],
  { rows, ids }: PlansToCheck,
): Promise<readonly Obstacle[]> {
  if (rows.length === 0) return [];
  const found = await queries.query(findConflicts, [
    plan.event.calendarId,
    [...ids],
    rows.map(({ start }) => encodeTimestamp(start)),
    rows.map(({ end }) => encodeTimestamp(end)),
    MAX_CONFLICTS,
  ]);
  return found.map(toObstacle);
}

async function beyondRowsInTheWay(
  queries: Queries,
  [plan]: readonly [PlannedEvent, ...PlannedEvent[]],
  { rows, ids, budget }: PlansToCheck,
  reach: number,
): Promise<readonly Obstacle[]> {
  if (rows.length === 0) return [];
  const found = await queries.query(listEndless, [plan.event.calendarId, encodeTimestamp(reach), [...ids]]);
  return explainCheck(() =>
    found.flatMap((row) => {
      const series = toListedSeries(row, row.series);
      const { id, schedule, timeZone } = series.event;
      return findBeyondRows(series, rows, MAX_CONFLICTS, budget).map((span) => ({
        ...span,
        eventId: id,
        describe: () => describeConflict(id, schedule, timeZone, span),
      }));
    }),
  );
}

/** Rows further ahead than those of the new endless series, which may run into them there. */
async function rowsAhead(
  queries: Queries,
  [plan]: readonly [PlannedEvent, ...PlannedEvent[]],
  check: PlansToCheck,
): Promise<readonly Obstacle[]> {
  const { endless, ids } = check;
  const found: Obstacle[] = [];
  const { owner, calendarId } = plan.event;
  for (const series of endless) {
    const from = encodeTimestamp(series.materialisedUntil);
    let position: readonly string[] = ['-infinity', NIL_UUID, '-infinity'];
    const met: Obstacle[] = [];
    while (met.length < MAX_CONFLICTS) {
      const period = [owner, calendarId, from, 'infinity'];
      const rows = await queries.query(listBusyAhead, [...period, ...position, PAGE, [...ids]]);
      const page = rows.map(toObstacle);
      met.push(...explainCheck(() => page.filter((row) => meetsAnew(series, row, check))));
      const last = rows.at(-1);
      if (!last || rows.length < PAGE) break;
      position = [encodeTimestamp(last.starts_at), last.event_id, encodeTimestamp(last.recurrence_id)];
    }
    found.push(...met);
  }
  return found;
}

function toObstacle(row: ConflictRow): Obstacle & Interval {
  return {
    start: toInstant(row.starts_at),
    end: toInstant(row.ends_at),
    eventId: row.event_id as EventId,
    recurrenceId: toInstant(row.recurrence_id),
    describe: () => describeConflictRow(row),
  };
}

function firstOf(obstacles: readonly Obstacle[]): readonly BusyConflict[] {
  const unique = new Map(obstacles.map((one) => [`${one.eventId} ${one.recurrenceId}`, one]));
  return [...unique.values()]
    .sort(comparePositions)
    .slice(0, MAX_CONFLICTS)
    .map(({ describe }) => describe());
}
