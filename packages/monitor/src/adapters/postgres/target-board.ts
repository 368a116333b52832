import type { Postgres } from '@daywatch/service-kit/postgres';

import {
  errorOf,
  NO_CHECKER,
  type TargetBoard,
  type TargetReport,
  type TargetStanding,
} from '../../target/target-board.ts';
import { listTargets, type TargetRow } from './sql/list-targets.ts';
import { reportTargets } from './sql/report-targets.ts';

export function createPostgresTargetBoard(db: Postgres): TargetBoard {
  return {
    async report(reports, signal) {
      // A statement takes each target once, so reports of one target go one after the other.
      const rounds = toRounds(reports);
      if (rounds.length === 0) return;
      await db.transaction(async (queries) => {
        for (const round of rounds) await queries.query(reportTargets, toColumns(round));
      }, signal);
    },
    list: async (signal) => (await db.query(listTargets, [], signal)).map(toStanding),
  };
}

function toRounds(reports: readonly TargetReport[]): readonly (readonly TargetReport[])[] {
  const rounds: TargetReport[][] = [];
  const counts = new Map<string, number>();
  for (const report of reports) {
    const round = counts.get(report.targetId) ?? 0;
    counts.set(report.targetId, round + 1);
    (rounds[round] ??= []).push(report);
  }
  return rounds;
}

function toColumns(reports: readonly TargetReport[]) {
  return [
    reports.map(({ targetId }) => targetId),
    reports.map(({ status }) => status),
    reports.map(({ reason }) => reason ?? null),
    reports.map(({ atMs }) => atMs),
    reports.map(({ durationMs }) => durationMs),
    reports.map(({ scrape }) => (scrape.kind === 'read' ? scrape.samples : null)),
    reports.map(({ scrape }) => (scrape.kind === 'read' ? scrape.refused : null)),
    reports.map((report) => errorOf(report) ?? null),
  ];
}

function toStanding(row: TargetRow): TargetStanding {
  const { id, domain, kind, url, checker } = row;
  const isWatched = checker !== null;
  return {
    id,
    domain,
    kind,
    url,
    intervalMs: row.interval_ms,
    timeoutMs: row.timeout_ms,
    status: isWatched ? row.status : 'unknown',
    reason: isWatched ? (row.reason ?? undefined) : NO_CHECKER,
    sinceMs: row.since_ms ?? undefined,
    lastCheck:
      row.checked_at_ms === null ? undefined : { atMs: row.checked_at_ms, durationMs: row.duration_ms ?? 0 },
    lastScrape:
      row.scraped_at_ms === null
        ? undefined
        : { atMs: row.scraped_at_ms, samples: row.samples ?? 0, refused: row.refused ?? 0 },
    lastError:
      row.error_at_ms === null || row.error === null
        ? undefined
        : { atMs: row.error_at_ms, message: row.error },
    checker: checker ?? undefined,
  };
}
