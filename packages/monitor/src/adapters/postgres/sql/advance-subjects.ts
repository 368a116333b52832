import type { SqlStatement } from '@daywatch/service-kit/postgres';

/**
 * Arrays of equal length, the columns of the table in its order: $1 id, $2 last time, $3 last status, $4 known time,
 * $5 known status, $6 known since, $7 duration, $8 reason, $9 time of the last problem, $10 problem.
 */
export const advanceSubjects: SqlStatement = {
  name: 'checks.advance-subjects',
  text: `
    UPDATE monitor.check_subject s SET
      last_at_ms = w.last_at_ms, last_status = w.last_status::"char",
      known_at_ms = w.known_at_ms, known_status = w.known_status::"char", known_since_ms = w.known_since_ms,
      duration_ms = w.duration_ms, reason = w.reason, problem_at_ms = w.problem_at_ms, problem = w.problem
      FROM unnest($1::int[], $2::bigint[], $3::text[], $4::bigint[], $5::text[], $6::bigint[], $7::float8[], $8::text[],
        $9::bigint[], $10::text[])
        AS w(id, last_at_ms, last_status, known_at_ms, known_status, known_since_ms, duration_ms, reason, problem_at_ms, problem)
     WHERE s.id = w.id`,
};
