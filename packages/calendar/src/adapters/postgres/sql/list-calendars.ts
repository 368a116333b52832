import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** All calendars of an owner, the default one first. Names sort by their bytes, whatever the database's collation. */
export const listCalendars: SqlStatement<CalendarRow> = {
  name: 'calendar.list_calendars',
  isQuickRead: true,
  text: `
    SELECT ${CALENDAR_COLUMNS} FROM calendar.calendars WHERE owner = $1
    ORDER BY is_default DESC, name COLLATE "C", calendar_id`,
};
