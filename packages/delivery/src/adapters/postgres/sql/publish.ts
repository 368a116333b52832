import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * $1 queue, $2 ids, $3 bodies in base64, $4 how many messages are enough. One statement, and so all of them or none;
 * none where the queue is full. The ends of the index tell mostly that it is not, and spare the counting.
 */
export const publishMessages: SqlStatement<{ readonly count: number }> = {
  name: 'delivery.publish',
  text: `
    WITH added AS (
      INSERT INTO delivery.messages (queue, message_id, body)
      SELECT $1::text, message_id, decode(body, 'base64')
        FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS new (message_id, body, at)
       WHERE (SELECT max(seq) FROM delivery.messages WHERE queue = $1)
               - (SELECT min(seq) FROM delivery.messages WHERE queue = $1) + 1 < $4
          OR (SELECT count(*) FROM delivery.messages WHERE queue = $1) < $4
       ORDER BY at
      RETURNING 1
    )
    SELECT count(*) FROM added`,
};
