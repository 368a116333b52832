import type { Calendar, CalendarId } from '../../calendar/calendar.ts';
import type { UserId } from '../../event/event.ts';
import { toInstant } from '../../time/instant.ts';
import type { TimeZoneId } from '../../time/time-zone.ts';

/** What every statement that answers calendars selects. */
export const CALENDAR_COLUMNS = `calendar_id, owner, name, time_zone, is_default, revision, created_at, updated_at`;

export interface CalendarRow {
  readonly calendar_id: string;
  readonly owner: string;
  readonly name: string;
  readonly time_zone: string;
  readonly is_default: boolean;
  readonly revision: number;
  readonly created_at: number;
  readonly updated_at: number;
}

export function toCalendar(row: CalendarRow): Calendar {
  return {
    id: row.calendar_id as CalendarId,
    owner: row.owner as UserId,
    name: row.name,
    timeZone: row.time_zone as TimeZoneId,
    isDefault: row.is_default,
    revision: row.revision,
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
  };
}
