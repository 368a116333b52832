import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { KEY_ARRAYS, KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

/**
 * Records what attempts came to: keys ($1 to $5), statuses ($6), errors ($7), when they were sent ($8), whether
 * late ($9), when they are to be looked at again ($10), and the sender ($11). What was sent was sent, even if it was
 * cancelled meanwhile.
 */
export const recordAttempts: SqlStatement = {
  name: 'calendar.record_attempts',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT ${keyOf('n')}, o.status, o.error, o.sent_at, o.late, o.until
      FROM unnest(${KEY_ARRAYS}, $6::text[], $7::text[], $8::timestamptz[], $9::boolean[], $10::timestamptz[])
        AS o (${KEY_COLUMNS}, status, error, sent_at, late, until)
      JOIN calendar.notifications n ON ${sameKey('n', 'o')}
      ORDER BY ${keyOf('n')}
      FOR UPDATE OF n
    )
    UPDATE calendar.notifications n
    SET status = l.status, attend_at = l.until, claimed_by = NULL, error = l.error, sent_at = l.sent_at, late = l.late,
        sending_by = NULL, sending_until = NULL
    FROM locked l
    WHERE ${sameKey('n', 'l')}
      AND ((l.status = 'sent' AND n.status <> 'sent') OR (n.status = 'sending' AND n.sending_by = $11))`,
};
