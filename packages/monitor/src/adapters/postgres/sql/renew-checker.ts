import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 checker, $2 milliseconds. No row: its lease has run out, and another checker has said so. */
export const renewChecker: SqlStatement<{ readonly id: string }> = {
  name: 'monitor.renew-checker',
  text: `
    UPDATE monitor.checker SET expires_at = clock_timestamp() + $2::float8 * interval '1 millisecond'
     WHERE id = $1::uuid
    RETURNING id`,
};
