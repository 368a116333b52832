import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface ChangesRow {
  readonly owner: string;
  readonly calendar_id: string;
  readonly revision: number;
  /** How many of the reminders that fell due lately are settled, and when the last of them was sent. */
  readonly settled: number;
  readonly last_sent_at: number | null;
}

/**
 * How far the calendars of the owners $1 have come, with the reminders that fell due after $2 and not after $3: the
 * index of due times bounds what is looked at.
 */
export const readChanges: SqlStatement<ChangesRow> = {
  name: 'calendar.read_changes',
  text: `
    SELECT c.owner, c.calendar_id, c.revision, n.settled, n.last_sent_at
    FROM calendar.calendars c
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE n.status IN ('sent', 'expired', 'failed'))::integer AS settled,
             max(n.sent_at) AS last_sent_at
      FROM calendar.notifications n
      WHERE n.calendar_id = c.calendar_id AND n.due_at > $2 AND n.due_at <= $3
    ) n
    WHERE c.owner = ANY ($1::text[])
    ORDER BY c.calendar_id`,
};
