import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ReminderStatus } from '../../../reminder/reminder.ts';
import type { ReminderKeyRow } from '../reminder-parameters.ts';
import { keyOf } from './reminder-key.ts';

export interface ReminderRow extends ReminderKeyRow {
  readonly starts_at: number;
  readonly due_at: number;
  readonly status: ReminderStatus;
  readonly late: boolean;
  readonly attempts: number;
  readonly title: string;
  readonly time_zone: string;
  readonly all_day: boolean;
  readonly channel: string | null;
  readonly error: string | null;
  readonly sent_at: number | null;
}

/**
 * Reminders of the owner $1, due in [$2, $3), of the status $4 (null: any), that come after the position
 * ($5: due, $6 to $10: key), at most $11. One event's ($12), or those of all events.
 */
export const listReminders: Record<'event' | 'all', SqlStatement<ReminderRow>> = {
  event: { name: 'calendar.list_reminders_of_event', text: page('n.event_id = $12') },
  all: { name: 'calendar.list_reminders', text: page('$12::uuid IS NULL') },
};

function page(condition: string): string {
  return `
    SELECT ${keyOf('n')}, n.starts_at, n.due_at, n.status, n.late, n.attempts, n.channel, n.error, n.sent_at,
           COALESCE(n.title, o.override->>'title', e.title) AS title,
           COALESCE(n.time_zone, e.time_zone) AS time_zone, COALESCE(n.all_day, e.all_day) AS all_day
    FROM (
      SELECT n.* FROM calendar.calendars c
      CROSS JOIN LATERAL (
        SELECT n.* FROM calendar.notifications n
        WHERE n.calendar_id = c.calendar_id AND ${condition}
          AND n.due_at >= GREATEST($2::timestamptz, $5::timestamptz) AND n.due_at < $3
          AND ($4::text IS NULL OR n.status = $4)
          AND (n.due_at, ${keyOf('n')}) > ($5, $6::uuid, $7::uuid, $8::timestamptz, $9::text COLLATE "C", $10::integer)
        ORDER BY n.due_at, ${keyOf('n')}
        LIMIT $11
      ) n
      WHERE c.owner = $1
      ORDER BY n.due_at, ${keyOf('n')}
      LIMIT $11
    ) n
    LEFT JOIN calendar.events e ON (e.calendar_id, e.event_id) = (n.calendar_id, n.event_id)
    LEFT JOIN calendar.occurrences o
      ON (o.calendar_id, o.event_id, o.recurrence_id) = (n.calendar_id, n.event_id, n.recurrence_id)
    ORDER BY n.due_at, ${keyOf('n')}`;
}
