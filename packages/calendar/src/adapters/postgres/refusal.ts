import {
  DatabaseUnavailableError,
  encodeTimestamp,
  QueryError,
  type Postgres,
} from '@daywatch/service-kit/postgres';
import { ErrDateBusy, ErrEventExists } from '../../errors.ts';
import { MAX_CONFLICTS, type PlannedEvent } from '../../event/event-store.ts';
import type { BusyConflict } from '../../occurrence/occurrence.ts';
import { describeConflict, findOverlaps } from '../../occurrence/occurrence-schedule.ts';
import { describeConflictRow } from './conflict-row.ts';
import { findConflicts } from './sql/find-conflicts.ts';
import { findUid } from './sql/find-uid.ts';
import { EXCLUSION_VIOLATION, UNIQUE_VIOLATION } from './sql-state.ts';

const MAX_TRIES = 5;

/** Whether the database refused a write because of what else the calendar holds. */
export function isRefusal(error: unknown): boolean {
  return (
    error instanceof QueryError &&
    (error.sqlState === UNIQUE_VIOLATION || error.sqlState === EXCLUSION_VIOLATION)
  );
}

/** Why a write was refused: ErrEventExists or ErrDateBusy; undefined where the obstacle is gone by now. */
export async function explainRefusal(
  db: Postgres,
  plans: readonly [PlannedEvent, ...PlannedEvent[]],
): Promise<ErrEventExists | ErrDateBusy | undefined> {
  const [{ event }] = plans;
  const ids = plans.map((plan) => plan.event.id);
  const busy = plans.flatMap(({ occurrences }) => occurrences.filter((occurrence) => occurrence.busy));
  const [[holder], rows] = await Promise.all([
    db.query(findUid, [event.calendarId, event.uid, event.id]),
    db.query(findConflicts, [
      event.calendarId,
      ids,
      busy.map(({ start }) => encodeTimestamp(start)),
      busy.map(({ end }) => encodeTimestamp(end)),
      MAX_CONFLICTS,
    ]),
  ]);
  if (holder) return new ErrEventExists('uid', event.uid);
  const conflicts = rows.length > 0 ? rows.map(describeConflictRow) : describeOverlaps(plans);
  return conflicts.length > 0 ? new ErrDateBusy(conflicts) : undefined;
}

function describeOverlaps(plans: readonly PlannedEvent[]): readonly BusyConflict[] {
  const own = plans.flatMap(({ event, occurrences }) =>
    occurrences.filter(({ busy }) => busy).map((occurrence) => ({ ...occurrence, event })),
  );
  return findOverlaps(own).map(({ event, changes, ...span }) =>
    describeConflict(event.id, event.schedule, event.timeZone, span, changes?.schedule),
  );
}

/** Runs a write until it answers; undefined asks for another try, because its obstacle was gone. */
export async function retryRefused<T>(write: () => Promise<T | undefined>): Promise<T> {
  for (let attempt = 1; attempt <= MAX_TRIES; attempt++) {
    const result = await write();
    if (result !== undefined) return result;
  }
  throw new DatabaseUnavailableError(
    'overloaded',
    `the calendar changes so fast that a write was refused ${MAX_TRIES} times by what was gone right after`,
  );
}
