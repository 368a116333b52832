import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** Changes name and zone, and raises the revision. */
export const updateCalendar: SqlStatement<CalendarRow> = {
  name: 'calendar.update_calendar',
  text: `
    UPDATE calendar.calendars SET name = $2, time_zone = $3, updated_at = $4, revision = revision + 1
    WHERE calendar_id = $1
    RETURNING ${CALENDAR_COLUMNS}`,
};
