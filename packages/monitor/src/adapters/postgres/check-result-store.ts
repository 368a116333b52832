import type { Postgres } from '@daywatch/service-kit/postgres';
import type { CheckBoard, CheckUpkeep } from '../../check/check-board.ts';
import { COUNT_SPAN_MS } from '../../check/check-count.ts';
import type { CheckResultStore } from '../../check/check-result-store.ts';
import { appendResults } from './append-results.ts';
import { toResult } from './check-rows.ts';
import { dropCheckPartitions, removeCheckDays } from './sql/drop-check-partitions.ts';
import { ensureCheckPartition } from './sql/ensure-check-partition.ts';
import { LIST_COUNTS } from './sql/list-counts.ts';
import { listLastResults } from './sql/list-last-results.ts';
import { listRecentResults } from './sql/list-recent-results.ts';
import { createSubjectBook } from './subject-book.ts';

const WEEK_MS = 604_800_000;

/** Keeps results in the schema `monitor`, which `migrate` has made; docs/check-tables.md draws it. */
export function createPostgresCheckResults(db: Postgres): CheckResultStore & CheckBoard & CheckUpkeep {
  const findSubjects = createSubjectBook(db);
  /** The latest week whose partition is there: nothing drops that one. Earlier ones are asked for each time. */
  let latestWeek = -Infinity;

  async function ensurePartitions(times: readonly number[], signal?: AbortSignal): Promise<void> {
    const weeks = new Map(times.map((atMs) => [Math.floor(atMs / WEEK_MS), atMs]));
    for (const [week, atMs] of weeks) {
      if (week === latestWeek) continue;
      await db.query(ensureCheckPartition, [atMs], signal);
      latestWeek = Math.max(latestWeek, week);
    }
  }

  return {
    async append(results, signal) {
      if (results.length === 0) return;
      await ensurePartitions(
        results.map(({ atMs }) => atMs),
        signal,
      );
      const given = await findSubjects(results, signal);
      await db.transaction((queries) => appendResults(queries, given), signal);
    },
    async last({ domain, count, includesUnknown = false }, signal) {
      const rows =
        domain === undefined
          ? await db.query(listLastResults, [count, includesUnknown], signal)
          : await db.query(listRecentResults, [[domain], count, includesUnknown], signal);
      return rows.map(toResult);
    },
    async counts({ span, startMs, endMs, domain }, signal) {
      const spanMs = COUNT_SPAN_MS[span];
      const [from, to] = [startMs, endMs].map((ms) => Math.ceil(ms / spanMs) * spanMs) as [number, number];
      const { all, ofDomain } = LIST_COUNTS[span];
      const rows =
        domain === undefined
          ? await db.query(all, [from, to], signal)
          : await db.query(ofDomain, [from, to, domain, spanMs], signal);
      return rows.map((row) => ({
        domain: row.domain,
        startMs: row.start_ms,
        passed: row.passed,
        warned: row.warned,
        failed: row.failed,
        unknown: row.unknown,
        durationSumMs: row.duration_sum_ms,
        durationMaxMs: row.duration_max_ms,
      }));
    },
    async recent(domains, count, signal) {
      const rows = await db.query(listRecentResults, [[...new Set(domains)], count, true], signal);
      return rows.map(toResult);
    },
    async dropBefore(cutoffMs, signal) {
      const rows = await db.query(dropCheckPartitions, [cutoffMs], signal);
      await db.query(removeCheckDays, [cutoffMs], signal);
      return rows.map(({ name }) => name);
    },
  };
}
