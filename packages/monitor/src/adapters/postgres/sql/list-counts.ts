import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { CountSpan } from '../../../check/check-count.ts';

export interface CountRow {
  readonly domain: string;
  readonly start_ms: number;
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly unknown: number;
  readonly duration_sum_ms: number;
  readonly duration_max_ms: number;
}

const COUNTS = `
    SELECT s.domain, c.start_ms, sum(c.passed) AS passed, sum(c.warned) AS warned, sum(c.failed) AS failed,
           sum(c.unknown) AS unknown, sum(c.duration_sum_ms) AS duration_sum_ms, max(c.duration_max_ms) AS duration_max_ms`;

/** $1 start, $2 end. A domain that went from one target to another has one count. */
const makeAll = (span: CountSpan): SqlStatement<CountRow> => ({
  name: `checks.list-${span}-counts`,
  text: `${COUNTS}
      FROM monitor.check_${span} c JOIN monitor.check_subject s ON s.id = c.subject_id
     WHERE c.start_ms >= $1::bigint AND c.start_ms < $2::bigint
     GROUP BY s.domain, c.start_ms ORDER BY s.domain, c.start_ms`,
});

/** $1 start, $2 end, $3 domain, $4 length of the span: each start is looked up, which leaves the other domains alone. */
const makeOfDomain = (span: CountSpan): SqlStatement<CountRow> => ({
  name: `checks.list-${span}-counts-of-domain`,
  text: `${COUNTS}
      FROM monitor.check_subject s
     CROSS JOIN generate_series($1::bigint, $2::bigint - 1, $4::bigint) AS g(start_ms)
      JOIN monitor.check_${span} c ON c.start_ms = g.start_ms AND c.subject_id = s.id
     WHERE s.domain = $3::text AND c.start_ms >= $1::bigint AND c.start_ms < $2::bigint
     GROUP BY s.domain, c.start_ms ORDER BY s.domain, c.start_ms`,
});

export const LIST_COUNTS = {
  hour: { all: makeAll('hour'), ofDomain: makeOfDomain('hour') },
  day: { all: makeAll('day'), ofDomain: makeOfDomain('day') },
} as const;
