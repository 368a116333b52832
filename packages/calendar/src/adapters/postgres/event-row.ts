import type { CalendarId } from '../../calendar/calendar.ts';
import type { Event, EventId, Recurrence, Schedule, UserId } from '../../event/event.ts';
import { toInstant } from '../../time/instant.ts';
import { utcMsToDate } from '../../time/plain-date.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';
import type { WallTime } from '../../time/wall-time.ts';

/** Whether an occurrence of the event `e` is marked as clashing; hardly any ever is, so the index is empty. */
const HAS_CONFLICTS = `EXISTS (
    SELECT FROM calendar.occurrences x WHERE x.calendar_id = e.calendar_id AND x.event_id = e.event_id AND x.exempt)`;

/** What every statement that answers events selects. */
export const EVENT_COLUMNS = `e.calendar_id, e.event_id, e.owner, e.uid, e.sequence, e.title, e.description,
  e.location, e.all_day, e.busy, e.time_zone, e.starts_local, e.ends_local, e.starts_at, e.ends_at,
  e.notify_before, e.rrule, e.exdates, e.rdates, e.revision, e.created_at, e.updated_at,
  e.materialised_until, e.materialised_from, e.continues, e.continued_by, ${HAS_CONFLICTS} AS has_conflicts`;

export interface EventRow extends ScheduleColumns {
  readonly calendar_id: string;
  readonly event_id: string;
  readonly owner: string;
  readonly uid: string;
  readonly sequence: number;
  readonly title: string;
  readonly description: string;
  readonly location: string;
  readonly busy: boolean;
  readonly time_zone: string;
  readonly notify_before: readonly string[];
  readonly rrule: string | null;
  readonly exdates: readonly WallTime[] | null;
  readonly rdates: readonly WallTime[] | null;
  readonly revision: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly materialised_until: number | null;
  readonly materialised_from: number | null;
  readonly continues: string | null;
  readonly continued_by: string | null;
  readonly has_conflicts: boolean;
}

/** Times in milliseconds since 1970; the local ones are read as if they were UTC. */
export interface ScheduleColumns {
  readonly all_day: boolean;
  readonly starts_local: number;
  readonly ends_local: number;
  readonly starts_at: number;
  readonly ends_at: number;
}

export function toEvent(row: EventRow): Event {
  return {
    id: row.event_id as EventId,
    owner: row.owner as UserId,
    calendarId: row.calendar_id as CalendarId,
    uid: row.uid,
    sequence: row.sequence,
    title: row.title,
    schedule: toSchedule(row),
    timeZone: row.time_zone as TimeZoneId,
    description: row.description,
    location: row.location,
    notifyBefore: row.notify_before,
    recurrence: toRecurrence(row),
    busy: row.busy,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    revision: row.revision,
    ...(row.materialised_until !== null && { materialisedUntil: toInstant(row.materialised_until) }),
    ...(row.materialised_from !== null && { materialisedFrom: toInstant(row.materialised_from) }),
    ...(row.continues !== null && { continues: row.continues as EventId }),
    ...(row.continued_by !== null && { continuedBy: row.continued_by as EventId }),
    ...(row.has_conflicts && { hasConflicts: true }),
  };
}

export function toSchedule(row: ScheduleColumns): Schedule {
  return row.all_day
    ? { kind: 'all-day', start: utcMsToDate(row.starts_local), end: utcMsToDate(row.ends_local) }
    : { kind: 'timed', start: toInstant(row.starts_at), end: toInstant(row.ends_at) };
}

function toRecurrence({ rrule, exdates, rdates }: EventRow): Recurrence | null {
  return rrule === null ? null : { rrule, exdates: exdates ?? [], rdates: rdates ?? [] };
}
