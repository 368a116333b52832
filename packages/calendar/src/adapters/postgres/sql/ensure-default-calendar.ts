import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { CALENDAR_COLUMNS, type CalendarRow } from '../calendar-row.ts';

/** Adds an owner's default calendar; no row where there is one already. Waits for whoever adds it now. */
export const ensureDefaultCalendar: SqlStatement<CalendarRow> = {
  name: 'calendar.ensure_default_calendar',
  text: `
    INSERT INTO calendar.calendars (calendar_id, owner, name, time_zone, created_at, updated_at, is_default)
    VALUES ($1, $2, $3, $4, $5, $6, true)
    ON CONFLICT (owner) WHERE is_default DO NOTHING
    RETURNING ${CALENDAR_COLUMNS}`,
};
