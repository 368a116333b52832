import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Arrays of equal length: $1 id, $2 domain, $3 kind, $4 url, $5 interval, $6 timeout. */
export const describeTargets: SqlStatement = {
  name: 'monitor.describe-targets',
  text: `
    INSERT INTO monitor.target AS t (id, domain, kind, url, interval_ms, timeout_ms)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[])
    ON CONFLICT (id) DO UPDATE
       SET domain = excluded.domain, kind = excluded.kind, url = excluded.url,
           interval_ms = excluded.interval_ms, timeout_ms = excluded.timeout_ms
     WHERE (t.domain, t.kind, t.url, t.interval_ms, t.timeout_ms) IS DISTINCT FROM
           (excluded.domain, excluded.kind, excluded.url, excluded.interval_ms, excluded.timeout_ms)`,
};
