import { createPostgresCheckResults } from '@daywatch/monitor/postgres';
import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import { openSeriesHouse, type SeriesHouse } from './series-house.ts';

const CHECKS = 10_000_000;
const DOMAINS = 20;
const STEP_MS = 5000;
/** 2026-11-02, a Monday: the checks of a domain end here. */
const END_MS = Date.UTC(2026, 10, 2);
const WEEK_MS = 604_800_000;
const WARM_UP = 20;
const ROUNDS = 200;

/** The last 7 checks of a domain, with ten million stored: four weeks of twenty domains. */
export async function benchChecks(): Promise<readonly Figure[]> {
  await using house = await openSeriesHouse();
  await fill(house);
  const checks = createPostgresCheckResults(house.postgres);
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const start = performance.now();
    const found = await checks.last({ domain: `domain ${round % DOMAINS}`, count: 7 });
    if (round >= WARM_UP) times.push(performance.now() - start);
    if (found.length !== 7) throw new Error(`a domain has ${found.length} last checks`);
  }
  return [
    {
      name: 'last 7 checks of a domain, of 10 million, p50',
      ours: `${median(times).toFixed(2)} ms`,
      limit: '',
      value: median(times),
      unit: 'ms',
      wanted: { atMost: 3 },
    },
  ];
}

/** Written by the database itself: what is measured is reading. */
async function fill({ postgres }: SeriesHouse): Promise<void> {
  const perDomain = CHECKS / DOMAINS;
  const startMs = END_MS - perDomain * STEP_MS;
  for (let weekMs = startMs; weekMs < END_MS + WEEK_MS; weekMs += WEEK_MS) {
    const text = 'SELECT monitor.ensure_check_partition($1::bigint)';
    await postgres.query({ name: 'bench.ensure-check-partition', text }, [weekMs]);
  }
  const subjects = `
    INSERT INTO monitor.check_subject (target_id, domain)
    SELECT 'target ' || i, 'domain ' || i FROM generate_series(0, $1::int - 1) AS i`;
  await postgres.query({ name: 'bench.add-subjects', text: subjects }, [DOMAINS]);
  // In the order of time, domain by domain at each moment, as they come.
  const results = `
    INSERT INTO monitor.check_result (id, at_ms, duration_ms, subject_id, status)
    SELECT nextval('monitor.check_result_id'), $1::bigint + i * $2::bigint, 12.5, s.id, CASE WHEN i % 500 = 0 THEN 'f' ELSE 'p' END::"char"
      FROM generate_series(0, $3::int - 1) AS i CROSS JOIN monitor.check_subject s`;
  await postgres.query({ name: 'bench.add-results', text: results }, [startMs, STEP_MS, perDomain]);
  await postgres.query({ name: 'bench.analyze', text: 'VACUUM (ANALYZE)' }, []);
}
