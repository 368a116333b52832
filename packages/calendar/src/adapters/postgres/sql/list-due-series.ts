import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Names an event, and so its calendar. */
export interface EventKeyRow {
  readonly calendar_id: string;
  readonly event_id: string;
}

/** Endless series whose rows end before $1, those that end first, at most $2. */
export const listDueSeries: SqlStatement<EventKeyRow> = {
  name: 'calendar.list_due_series',
  text: `
    SELECT calendar_id, event_id FROM calendar.events WHERE materialised_until < $1
    ORDER BY materialised_until LIMIT $2`,
};

/** Locks a calendar, unless somebody else writes to it: then there is no row. */
export const tryLockCalendar: SqlStatement<{ readonly calendar_id: string }> = {
  name: 'calendar.try_lock_calendar',
  text: `
    SELECT calendar_id FROM calendar.calendars WHERE calendar_id = $1 FOR NO KEY UPDATE SKIP LOCKED`,
};
