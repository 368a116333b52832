import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** An owner's calendar, locked against other writers until the transaction ends. */
export const lockCalendar: SqlStatement<CalendarRow> = {
  name: 'calendar.lock_calendar',
  text: `
    SELECT ${CALENDAR_COLUMNS} FROM calendar.calendars WHERE calendar_id = $1 AND owner = $2
    FOR NO KEY UPDATE`,
};
