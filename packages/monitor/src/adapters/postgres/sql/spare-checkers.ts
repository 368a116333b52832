import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 milliseconds. No checker is dead before they are over. */
export const spareCheckers: SqlStatement = {
  name: 'monitor.spare-checkers',
  text: `
    UPDATE monitor.checker SET expires_at = clock_timestamp() + $1::float8 * interval '1 millisecond'
     WHERE expires_at < clock_timestamp() + $1::float8 * interval '1 millisecond'`,
};
