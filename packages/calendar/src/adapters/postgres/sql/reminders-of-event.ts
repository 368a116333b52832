import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ReminderStatus } from '../../../reminder/reminder.ts';
import { KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

export interface StoredReminderRow {
  readonly recurrence_id: number;
  readonly notify_before: string;
  readonly version: number;
  readonly starts_at: number;
  readonly due_at: number;
  readonly status: ReminderStatus;
}

/** All reminders of an event, locked: neither schedulers nor senders change them until the transaction ends. */
export const lockReminders: SqlStatement<StoredReminderRow> = {
  name: 'calendar.lock_reminders',
  text: `
    SELECT recurrence_id, notify_before, version, starts_at, due_at, status FROM calendar.notifications
    WHERE calendar_id = $1 AND event_id = $2
    ORDER BY ${KEY_COLUMNS}
    FOR UPDATE`,
};

/** The key of the row of each of the arrays $3 to $5 of one event. */
const SAME_ROW = `n.calendar_id = $1 AND n.event_id = $2
      AND (n.recurrence_id, n.notify_before, n.version) = (r.recurrence_id, r.notify_before, r.version)`;
const ROWS = '$3::timestamptz[], $4::text[], $5::integer[]';

export const cancelReminders: SqlStatement = {
  name: 'calendar.cancel_reminders',
  text: `
    UPDATE calendar.notifications n SET status = 'cancelled', attend_at = NULL
    FROM unnest(${ROWS}) AS r (recurrence_id, notify_before, version)
    WHERE ${SAME_ROW}`,
};

/** Gives pending reminders another time, $6; a claim for the old one is void. */
export const moveReminders: SqlStatement = {
  name: 'calendar.move_reminders',
  text: `
    UPDATE calendar.notifications n SET due_at = r.due_at, attend_at = r.due_at, claimed_by = NULL
    FROM unnest(${ROWS}, $6::timestamptz[]) AS r (recurrence_id, notify_before, version, due_at)
    WHERE ${SAME_ROW}`,
};

/** Adds reminders: the times of their occurrences are $6, their own are $7. */
export const addReminders: SqlStatement = {
  name: 'calendar.add_reminders',
  text: `
    INSERT INTO calendar.notifications (
      calendar_id, event_id, recurrence_id, notify_before, version, starts_at, due_at, attend_at)
    SELECT $1, $2, r.recurrence_id, r.notify_before, r.version, r.starts_at, r.due_at, r.due_at
    FROM unnest(${ROWS}, $6::timestamptz[], $7::timestamptz[])
      AS r (recurrence_id, notify_before, version, starts_at, due_at)`,
};

/** Cancels what an event that is about to be deleted still has to come, and keeps what it was called. */
export const cancelRemindersOfEvent: SqlStatement = {
  name: 'calendar.cancel_reminders_of_event',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT ${KEY_COLUMNS} FROM calendar.notifications n
      WHERE n.calendar_id = $1 AND n.event_id = $2
        AND (n.title IS NULL OR n.status IN ('pending', 'published', 'sending'))
      ORDER BY ${keyOf('n')}
      FOR UPDATE
    )
    UPDATE calendar.notifications n
    SET title = COALESCE(n.title, o.override->>'title', e.title), time_zone = COALESCE(n.time_zone, e.time_zone),
        all_day = COALESCE(n.all_day, e.all_day), attend_at = NULL,
        status = CASE WHEN n.status IN ('pending', 'published', 'sending') THEN 'cancelled' ELSE n.status END
    FROM locked l
    JOIN calendar.events e ON (e.calendar_id, e.event_id) = (l.calendar_id, l.event_id)
    LEFT JOIN calendar.occurrences o
      ON (o.calendar_id, o.event_id, o.recurrence_id) = (l.calendar_id, l.event_id, l.recurrence_id)
    WHERE ${sameKey('n', 'l')}`,
};
