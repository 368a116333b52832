import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface TakenRow {
  readonly seq: number;
  readonly message_id: string;
  readonly deliveries: number;
  readonly size_bytes: number;
  /** Null where it is too large to be read. */
  readonly body: Buffer | null;
}

/**
 * $1 queue, $2 how many at most, $3 the lease in milliseconds, $4 the longest body that is read. Those that others
 * are taking at the moment are passed over, not waited for.
 */
export const takeMessages: SqlStatement<TakenRow> = {
  name: 'delivery.take',
  text: `
    WITH free AS (
      SELECT seq FROM delivery.messages
       WHERE queue = $1 AND available_at <= now()
       ORDER BY available_at, seq
       LIMIT $2
         FOR UPDATE SKIP LOCKED
    )
    UPDATE delivery.messages AS taken
       SET available_at = now() + $3 * interval '1 millisecond', deliveries = taken.deliveries + 1
      FROM free
     WHERE taken.queue = $1 AND taken.seq = free.seq
    RETURNING taken.seq, taken.message_id, taken.deliveries, octet_length(taken.body) AS size_bytes,
              CASE WHEN octet_length(taken.body) <= $4 THEN taken.body END AS body`,
};
