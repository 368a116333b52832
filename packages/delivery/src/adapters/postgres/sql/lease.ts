import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 queue, $2 seqs, $3 their deliveries, $4 for how many milliseconds from now. Answers those still ours. */
export const extendLeases: SqlStatement<{ readonly seq: number }> = {
  name: 'delivery.extend-leases',
  text: `
    UPDATE delivery.messages AS held
       SET available_at = now() + $4 * interval '1 millisecond'
      FROM unnest($2::bigint[], $3::integer[]) AS lease (seq, deliveries)
     WHERE held.queue = $1 AND held.seq = lease.seq AND held.deliveries = lease.deliveries
    RETURNING held.seq`,
};

/** $1 queue, $2 seqs, $3 their deliveries: they are free again at once. */
export const releaseMessages: SqlStatement = {
  name: 'delivery.release',
  text: `
    UPDATE delivery.messages AS held
       SET available_at = now()
      FROM unnest($2::bigint[], $3::integer[]) AS lease (seq, deliveries)
     WHERE held.queue = $1 AND held.seq = lease.seq AND held.deliveries = lease.deliveries`,
};
