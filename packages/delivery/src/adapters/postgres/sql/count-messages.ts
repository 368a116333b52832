import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 queue. */
export const countMessages: SqlStatement<{ readonly waiting: number; readonly dead_letters: number }> = {
  name: 'delivery.count',
  text: `
    SELECT (SELECT count(*) FROM delivery.messages WHERE queue = $1 AND available_at <= now()) AS waiting,
           (SELECT count(*) FROM delivery.dead_letters WHERE queue = $1) AS dead_letters`,
};
