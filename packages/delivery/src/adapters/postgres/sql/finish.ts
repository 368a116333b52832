import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 queue, $2 seqs, $3 their deliveries. */
export const finishMessages: SqlStatement = {
  name: 'delivery.finish',
  text: `
    DELETE FROM delivery.messages AS held
     USING unnest($2::bigint[], $3::integer[]) AS lease (seq, deliveries)
     WHERE held.queue = $1 AND held.seq = lease.seq AND held.deliveries = lease.deliveries`,
};

/** $1 queue, $2 seqs, $3 their deliveries, $4 the reasons. A message without an id gets one, to be named by. */
export const buryMessages: SqlStatement = {
  name: 'delivery.bury',
  text: `
    WITH gone AS (
      DELETE FROM delivery.messages AS held
       USING unnest($2::bigint[], $3::integer[], $4::text[]) AS lease (seq, deliveries, reason)
       WHERE held.queue = $1 AND held.seq = lease.seq AND held.deliveries = lease.deliveries
      RETURNING held.seq, held.message_id, held.body, lease.reason
    )
    INSERT INTO delivery.dead_letters (queue, seq, message_id, body, reason)
    SELECT $1, seq, coalesce(nullif(message_id, ''), 'unnamed-' || seq), body, reason FROM gone`,
};
