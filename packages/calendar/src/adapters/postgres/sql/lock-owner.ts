import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Waits until nobody else adds a calendar for the owner, so that counting them holds. */
export const lockOwner: SqlStatement = {
  name: 'calendar.lock_owner',
  text: `SELECT pg_advisory_xact_lock(hashtextextended($1, 2))`,
};
