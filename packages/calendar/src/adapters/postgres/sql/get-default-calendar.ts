import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** An owner's default calendar. */
export const getDefaultCalendar: SqlStatement<CalendarRow> = {
  name: 'calendar.get_default_calendar',
  isQuickRead: true,
  text: `SELECT ${CALENDAR_COLUMNS} FROM calendar.calendars WHERE owner = $1 AND is_default`,
};
