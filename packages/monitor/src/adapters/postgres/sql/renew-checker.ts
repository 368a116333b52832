import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 checker, $2 milliseconds. No row: its lease has run out, and another checker has said so. */
export const renewChecker: SqlStatement<{
  /** Of the lease before, in milliseconds; less than 0 where it had run out. */
  readonly left_ms: number;
}> = {
  name: 'monitor.renew-checker',
  text: `
    UPDATE monitor.checker c SET expires_at = clock_timestamp() + $2::float8 * interval '1 millisecond'
      FROM monitor.checker before
     WHERE c.id = $1::uuid AND before.id = c.id
    RETURNING extract(epoch FROM before.expires_at - clock_timestamp())::float8 * 1000 AS left_ms`,
};
