import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 checker, $2 its name, $3 the ids of its targets, $4 milliseconds. */
export const announceChecker: SqlStatement = {
  name: 'monitor.announce-checker',
  text: `
    INSERT INTO monitor.checker (id, name, targets, expires_at)
    VALUES ($1::uuid, $2, $3::text[], clock_timestamp() + $4::float8 * interval '1 millisecond')
    ON CONFLICT (id) DO UPDATE
       SET name = excluded.name, targets = excluded.targets, expires_at = excluded.expires_at`,
};
