import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { KEY_ARRAYS, KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

/** Publishes again what has failed (keys in $1 to $5), unless its occurrence has gone or moved. */
export const reviveReminders: SqlStatement = {
  name: 'calendar.revive_reminders',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT ${keyOf('n')}
      FROM unnest(${KEY_ARRAYS}) AS k (${KEY_COLUMNS})
      JOIN calendar.notifications n ON ${sameKey('n', 'k')}
      JOIN calendar.occurrences o
        ON (o.calendar_id, o.event_id, o.recurrence_id, o.starts_at)
         = (n.calendar_id, n.event_id, n.recurrence_id, n.starts_at)
      ORDER BY ${keyOf('n')}
      FOR UPDATE OF n
    )
    UPDATE calendar.notifications n
    SET status = 'published', attempts = 0, error = NULL
    FROM locked l
    WHERE ${sameKey('n', 'l')} AND n.status = 'failed'
    RETURNING 1 AS revived`,
};
