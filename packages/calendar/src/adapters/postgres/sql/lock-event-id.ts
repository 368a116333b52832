import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Waits until nobody else adds the event that the text names. Locks go by a 64-bit hash: two ids that
 * share one wait for each other needlessly, and that is all.
 */
export const lockEventId: SqlStatement = {
  name: 'calendar.lock_event_id',
  text: `SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`,
};
