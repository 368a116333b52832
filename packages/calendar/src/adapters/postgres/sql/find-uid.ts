import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Another event of the calendar that has the uid: calendar, uid, and the event that may have it. */
export const findUid: SqlStatement<{ readonly event_id: string }> = {
  name: 'calendar.find_uid',
  isQuickRead: true,
  text: `SELECT event_id FROM calendar.events WHERE calendar_id = $1 AND uid = $2 AND event_id <> $3`,
};
