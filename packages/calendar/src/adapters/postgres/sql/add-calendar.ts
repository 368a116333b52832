import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** Adds a calendar unless the owner has $7 of them; no row then. Runs under the owner's lock. */
export const addCalendar: SqlStatement<CalendarRow> = {
  name: 'calendar.add_calendar',
  text: `
    INSERT INTO calendar.calendars (calendar_id, owner, name, time_zone, created_at, updated_at, is_default)
    SELECT $1, $2, $3, $4, $5, $6, false
    WHERE (SELECT count(*) FROM calendar.calendars WHERE owner = $2) < $7
    RETURNING ${CALENDAR_COLUMNS}`,
};
