import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Their targets become free. */
export const dropExpiredCheckers: SqlStatement = {
  name: 'monitor.drop-expired-checkers',
  text: 'DELETE FROM monitor.checker WHERE expires_at <= clock_timestamp()',
};
