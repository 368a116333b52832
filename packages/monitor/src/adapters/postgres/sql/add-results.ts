import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Arrays of equal length: $1 subject, $2 time, $3 status, $4 duration, $5 reason. Ids are given in that order. Answers
 * those that were not stored before.
 */
export const addResults: SqlStatement<{ readonly subject_id: number; readonly at_ms: number }> = {
  name: 'checks.add-results',
  text: `
    INSERT INTO monitor.check_result (id, at_ms, duration_ms, subject_id, status, reason)
    SELECT nextval('monitor.check_result_id'), w.at_ms, w.duration_ms, w.subject_id, w.status::"char", w.reason
      FROM (SELECT * FROM unnest($1::int[], $2::bigint[], $3::text[], $4::float8[], $5::text[])
              WITH ORDINALITY AS u(subject_id, at_ms, status, duration_ms, reason, place) ORDER BY place) AS w
    ON CONFLICT DO NOTHING
    RETURNING subject_id, at_ms`,
};
