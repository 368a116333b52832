import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ReminderKeyRow } from '../reminder-parameters.ts';
import { KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

/** A claimed reminder. Without an end it could not be read, and has failed. */
export interface DueReminderRow extends ReminderKeyRow {
  readonly starts_at: number;
  readonly due_at: number;
  readonly ends_at: number | null;
  /** When it was to be looked at until now. */
  readonly attended_at: number;
  readonly owner: string;
  readonly title: string;
  readonly time_zone: string;
  readonly all_day: boolean;
}

/**
 * Claims what is due at $1, at most $2, until $3, in the name of $4, and keeps what its event says. Those that others
 * are claiming are passed over. What is ahead is not in reach: the index ends the search. One that is being sent is
 * there only when its sender's lease has ended.
 */
export const claimDueReminders: SqlStatement<DueReminderRow> = {
  name: 'calendar.claim_due_reminders',
  text: `
    WITH due AS MATERIALIZED (
      SELECT ${KEY_COLUMNS}, attend_at FROM calendar.notifications
      WHERE attend_at <= $1 ORDER BY attend_at LIMIT $2
      FOR UPDATE SKIP LOCKED
    ), found AS (
      SELECT ${keyOf('d')}, d.attend_at, COALESCE(o.override->>'title', e.title) AS title, e.time_zone, e.all_day, e.owner,
             o.ends_at
      FROM due d
      LEFT JOIN calendar.events e ON (e.calendar_id, e.event_id) = (d.calendar_id, d.event_id)
      LEFT JOIN calendar.occurrences o
        ON (o.calendar_id, o.event_id, o.recurrence_id) = (e.calendar_id, e.event_id, d.recurrence_id)
    )
    UPDATE calendar.notifications n
    SET attend_at = CASE WHEN f.ends_at IS NULL THEN NULL ELSE $3::timestamptz END,
        status = CASE WHEN f.ends_at IS NULL THEN 'failed' ELSE 'pending' END,
        error = CASE WHEN f.ends_at IS NULL THEN 'its occurrence is not there' ELSE n.error END,
        claimed_by = $4, sending_by = NULL, sending_until = NULL,
        title = f.title, time_zone = f.time_zone, all_day = f.all_day
    FROM found f
    WHERE ${sameKey('n', 'f')}
    RETURNING ${keyOf('n')}, n.starts_at, n.due_at, f.attend_at AS attended_at, f.ends_at, f.owner, f.title, f.time_zone, f.all_day`,
};

/** When the next reminder is to be looked at; null where there is none. */
export const nextReminder: SqlStatement<{ readonly attend_at: number | null }> = {
  name: 'calendar.next_reminder',
  isQuickRead: true,
  text: `SELECT min(attend_at) AS attend_at FROM calendar.notifications WHERE attend_at IS NOT NULL`,
};
