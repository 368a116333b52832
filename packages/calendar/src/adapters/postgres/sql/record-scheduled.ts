import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { KEY_ARRAYS, KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

/**
 * Records what became of claimed reminders: keys ($1 to $5), outcomes ($6), errors ($7), when those that are
 * released are to be looked at again ($8), when ($9) and in whose name ($10) they were claimed. Everybody who waits for rows of reminders takes
 * them in the order of their keys, so that nobody waits in a ring.
 */
export const recordScheduled: SqlStatement = {
  name: 'calendar.record_scheduled',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT ${keyOf('n')}, o.outcome, o.error, o.until
      FROM unnest(${KEY_ARRAYS}, $6::text[], $7::text[], $8::timestamptz[])
        AS o (${KEY_COLUMNS}, outcome, error, until)
      JOIN calendar.notifications n ON ${sameKey('n', 'o')}
      ORDER BY ${keyOf('n')}
      FOR UPDATE OF n
    )
    UPDATE calendar.notifications n
    SET status = CASE l.outcome WHEN 'released' THEN 'pending' ELSE l.outcome END,
        attend_at = l.until, claimed_by = NULL, error = COALESCE(l.error, n.error),
        published_at = CASE l.outcome WHEN 'published' THEN $9::timestamptz END
    FROM locked l
    WHERE ${sameKey('n', 'l')} AND n.status = 'pending' AND n.claimed_by = $10`,
};
