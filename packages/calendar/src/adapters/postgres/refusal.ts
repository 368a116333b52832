import {
  DatabaseUnavailableError,
  encodeTimestamp,
  QueryError,
  type Postgres,
} from '@daywatch/service-kit/postgres';
import { ErrDateBusy, ErrEventExists } from '../../errors.ts';
import type { EventId } from '../../event/event.ts';
import { MAX_CONFLICTS, type PlannedEvent } from '../../event/event-store.ts';
import type { BusyConflict } from '../../occurrence/occurrence.ts';
import { describeConflict, findOverlaps } from '../../occurrence/occurrence-schedule.ts';
import { toInstant } from '../../time/instant.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import { toSchedule } from './event-row.ts';
import { findConflicts, type ConflictRow } from './sql/find-conflicts.ts';
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
  { event, occurrences }: PlannedEvent,
): Promise<ErrEventExists | ErrDateBusy | undefined> {
  const conflicting = event.busy
    ? db.query(findConflicts, [
        event.calendarId,
        event.id,
        occurrences.map(({ start }) => encodeTimestamp(start)),
        occurrences.map(({ end }) => encodeTimestamp(end)),
        MAX_CONFLICTS,
      ])
    : undefined;
  const [[holder], rows] = await Promise.all([
    db.query(findUid, [event.calendarId, event.uid, event.id]),
    conflicting,
  ]);
  if (holder) return new ErrEventExists('uid', event.uid);
  if (rows === undefined) return undefined;
  const conflicts =
    rows.length > 0
      ? rows.map(toConflict)
      : findOverlaps(occurrences).map((span) =>
          describeConflict(event.id, event.schedule, event.timeZone, span),
        );
  return conflicts.length > 0 ? new ErrDateBusy(conflicts) : undefined;
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

function toConflict(row: ConflictRow): BusyConflict {
  // The event's columns tell kind and length; the instants are those of the occurrence.
  const span = {
    recurrenceId: toInstant(row.recurrence_id),
    start: toInstant(row.starts_at),
    end: toInstant(row.ends_at),
  };
  return describeConflict(row.event_id as EventId, toSchedule(row), row.time_zone as TimeZoneId, span);
}
