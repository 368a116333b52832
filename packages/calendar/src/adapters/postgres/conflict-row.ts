import type { EventId } from '../../event/event.ts';
import type { BusyConflict } from '../../occurrence/occurrence.ts';
import { describeConflict } from '../../occurrence/occurrence-schedule.ts';
import { toInstant } from '../../time/instant.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import { toSchedule } from './event-row.ts';
import { toChanges } from './override-json.ts';
import type { ConflictRow } from './sql/find-conflicts.ts';

/** An occurrence in the way: the event's columns tell kind and length, the instants are its own. */
export function describeConflictRow(row: ConflictRow): BusyConflict {
  const span = {
    recurrenceId: toInstant(row.recurrence_id),
    start: toInstant(row.starts_at),
    end: toInstant(row.ends_at),
  };
  const changes = row.override ? toChanges(row.override, row.all_day, span) : undefined;
  const zone = row.time_zone as TimeZoneId;
  return describeConflict(row.event_id as EventId, toSchedule(row), zone, span, changes?.schedule);
}
