import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { KEY_ARRAYS, KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

/**
 * Gives reminders (keys in $1 to $5) back to the schedulers, to be looked at when $6 says. What a sender has in hand
 * stays so, and is looked at when its lease has ended.
 */
export const postponeReminders: SqlStatement = {
  name: 'calendar.postpone_reminders',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT ${keyOf('n')}, o.until
      FROM unnest(${KEY_ARRAYS}, $6::timestamptz[]) AS o (${KEY_COLUMNS}, until)
      JOIN calendar.notifications n ON ${sameKey('n', 'o')}
      ORDER BY ${keyOf('n')}
      FOR UPDATE OF n
    )
    UPDATE calendar.notifications n
    SET status = CASE n.status WHEN 'sending' THEN 'sending' ELSE 'pending' END,
        attend_at = GREATEST(l.until, n.sending_until), claimed_by = NULL
    FROM locked l
    WHERE ${sameKey('n', 'l')} AND n.status IN ('pending', 'published', 'sending')`,
};
