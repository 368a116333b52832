import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Arrays of equal length, each target once: $1 id, $2 status, $3 reason, $4 time, $5 duration, $6 samples and $7 refused
 * (null where no metrics were read), $8 error.
 */
export const reportTargets: SqlStatement = {
  name: 'monitor.report-targets',
  text: `
    UPDATE monitor.target t
       SET status = w.status, reason = w.reason, checked_at_ms = w.at_ms, duration_ms = w.duration_ms,
           since_ms = CASE WHEN t.status = w.status AND t.since_ms IS NOT NULL THEN t.since_ms ELSE w.at_ms END,
           scraped_at_ms = CASE WHEN w.samples IS NULL THEN t.scraped_at_ms ELSE w.at_ms END,
           samples = coalesce(w.samples, t.samples), refused = coalesce(w.refused, t.refused),
           error = coalesce(w.error, t.error),
           error_at_ms = CASE WHEN w.error IS NULL THEN t.error_at_ms ELSE w.at_ms END
      FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::float8[], $6::int[], $7::int[], $8::text[])
           AS w(id, status, reason, at_ms, duration_ms, samples, refused, error)
     WHERE t.id = w.id AND (t.checked_at_ms IS NULL OR t.checked_at_ms < w.at_ms)`,
};
