import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { CountSpan } from '../../../check/check-count.ts';

/**
 * Arrays of equal length: $1 start of the span, $2 subject, $3 passed, $4 warned, $5 failed, $6 unknown, $7 sum and
 * $8 greatest of the durations.
 */
const makeStatement = (span: CountSpan): SqlStatement => ({
  name: `checks.add-${span}-counts`,
  text: `
    INSERT INTO monitor.check_${span} AS c
      (start_ms, subject_id, passed, warned, failed, unknown, duration_sum_ms, duration_max_ms)
    SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[], $7::float8[], $8::float8[])
    ON CONFLICT (start_ms, subject_id) DO UPDATE SET
      passed = c.passed + excluded.passed,
      warned = c.warned + excluded.warned,
      failed = c.failed + excluded.failed,
      unknown = c.unknown + excluded.unknown,
      duration_sum_ms = c.duration_sum_ms + excluded.duration_sum_ms,
      duration_max_ms = greatest(c.duration_max_ms, excluded.duration_max_ms)`,
});

export const ADD_COUNTS = {
  hour: makeStatement('hour'),
  day: makeStatement('day'),
} as const satisfies Record<CountSpan, SqlStatement>;
