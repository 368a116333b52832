import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { KEY_ARRAYS, KEY_COLUMNS, keyOf, sameKey } from './reminder-key.ts';

/** A reminder as it was before; `place` counts the keys from 1. */
export interface BegunRow {
  readonly place: number;
  readonly status: string;
  readonly attempts: number;
  readonly sending_until: number | null;
  readonly is_begun: boolean;
}

/** Begins to send reminders: keys ($1 to $5), the sender ($6), its channel ($7), the present ($8), the lease ($9). */
export const beginSending: SqlStatement<BegunRow> = {
  name: 'calendar.begin_sending',
  text: `
    WITH locked AS MATERIALIZED (
      SELECT ${keyOf('n')}, k.place::integer AS place, n.status, n.attempts, n.sending_until,
             n.status IN ('pending', 'published')
               OR (n.status = 'sending' AND n.sending_until <= $8::timestamptz) AS is_begun
      FROM unnest(${KEY_ARRAYS}) WITH ORDINALITY AS k (${KEY_COLUMNS}, place)
      JOIN calendar.notifications n ON ${sameKey('n', 'k')}
      ORDER BY ${keyOf('n')}
      FOR UPDATE OF n
    ), begun AS (
      UPDATE calendar.notifications n
      SET status = 'sending', attend_at = NULL, claimed_by = NULL, attempts = l.attempts + 1,
          sending_by = $6, channel = $7, sending_until = $9
      FROM locked l
      WHERE ${sameKey('n', 'l')} AND l.is_begun
    )
    SELECT place, status, attempts, sending_until, is_begun FROM locked`,
};
