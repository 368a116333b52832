import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface DeadLetterRow {
  readonly message_id: string;
  readonly reason: string;
  readonly dead_at: number;
  readonly size_bytes: number;
  readonly body_start: Buffer;
}

/** $1 queue, $2 ids or null for all, $3 how many, $4 how much of each body. */
export const listDeadLetters: SqlStatement<DeadLetterRow> = {
  name: 'delivery.list-dead-letters',
  text: `
    SELECT message_id, reason, dead_at, octet_length(body) AS size_bytes, substr(body, 1, $4) AS body_start
      FROM delivery.dead_letters
     WHERE queue = $1 AND ($2::text[] IS NULL OR message_id = ANY ($2))
     ORDER BY seq
     LIMIT $3`,
};

const GONE = `
    WITH chosen AS (
      SELECT seq FROM delivery.dead_letters
       WHERE queue = $1 AND ($2::text[] IS NULL OR message_id = ANY ($2))
       ORDER BY seq
       LIMIT $3
         FOR UPDATE SKIP LOCKED
    ), gone AS (
      DELETE FROM delivery.dead_letters AS dead USING chosen
       WHERE dead.queue = $1 AND dead.seq = chosen.seq
      RETURNING dead.seq, dead.message_id, dead.body
    )`;

/** $1 queue, $2 ids or null for all, $3 how many. They become new messages in the same statement. */
export const replayDeadLetters: SqlStatement<{ readonly count: number }> = {
  name: 'delivery.replay-dead-letters',
  text: `${GONE}, replayed AS (
      INSERT INTO delivery.messages (queue, message_id, body)
      SELECT $1, message_id, body FROM gone ORDER BY seq
      RETURNING seq
    )
    SELECT count(*) FROM replayed`,
};

/** $1 queue, $2 ids or null for all, $3 how many. */
export const discardDeadLetters: SqlStatement<{ readonly count: number }> = {
  name: 'delivery.discard-dead-letters',
  text: `${GONE} SELECT count(*) FROM gone`,
};
