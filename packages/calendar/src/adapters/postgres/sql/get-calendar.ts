import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** An owner's calendar by its id. */
export const getCalendar: SqlStatement<CalendarRow> = {
  name: 'calendar.get_calendar',
  isQuickRead: true,
  text: `SELECT ${CALENDAR_COLUMNS} FROM calendar.calendars WHERE calendar_id = $1 AND owner = $2`,
};
