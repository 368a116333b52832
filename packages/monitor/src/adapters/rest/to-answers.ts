import type { z } from 'zod';
import type { StatusBoard } from '../../board/status-board.ts';
import type { CheckTally } from '../../check/check-count.ts';
import type { CheckResult } from '../../check/check-result-store.ts';
import type { CheckStatus } from '../../checker/check-run.ts';
import type { TargetStanding } from '../../target/target-board.ts';
import { formatTimestamp } from './print-readings.ts';
import type { BoardAnswer } from './schema/board-schema.ts';
import type { CheckResultAnswer } from './schema/check-schema.ts';
import type { TargetAnswer } from './schema/target-schema.ts';

export function toTargetAnswer(standing: TargetStanding): z.output<typeof TargetAnswer> {
  const { lastCheck, lastScrape, lastError, sinceMs } = standing;
  return {
    id: standing.id,
    domain: standing.domain,
    kind: standing.kind,
    url: standing.url,
    interval_ms: standing.intervalMs,
    timeout_ms: standing.timeoutMs,
    state: standing.status,
    reason: standing.reason ?? null,
    since: sinceMs === undefined ? null : formatTimestamp(sinceMs),
    last_check: lastCheck
      ? { timestamp: formatTimestamp(lastCheck.atMs), duration_ms: round(lastCheck.durationMs) }
      : null,
    last_scrape: lastScrape
      ? {
          timestamp: formatTimestamp(lastScrape.atMs),
          samples: lastScrape.samples,
          refused: lastScrape.refused,
        }
      : null,
    last_error: lastError ? { timestamp: formatTimestamp(lastError.atMs), message: lastError.message } : null,
    checker: standing.checker ?? null,
  };
}

export function toResultAnswer(result: CheckResult): z.output<typeof CheckResultAnswer> {
  return {
    id: result.id,
    timestamp: formatTimestamp(result.atMs),
    domain: result.domain,
    target_id: result.targetId,
    status: result.status,
    duration_ms: round(result.durationMs),
    reason: result.reason ?? null,
  };
}

export function toBoardAnswer(
  period: z.output<typeof BoardAnswer>['period'],
  { startMs, barMs, entries }: StatusBoard,
): z.output<typeof BoardAnswer> {
  const count = (status: CheckStatus): number =>
    entries.filter(({ target }) => target.status === status).length;
  return {
    period,
    start: formatTimestamp(startMs),
    bar_ms: barMs,
    counts: { pass: count('pass'), warn: count('warn'), fail: count('fail'), unknown: count('unknown') },
    checks: entries.map(({ target, upShare, bars, recent }) => ({
      target: toTargetAnswer(target),
      uptime: upShare ?? null,
      bars: {
        passed: bars.map(({ passed }) => passed),
        warned: bars.map(({ warned }) => warned),
        failed: bars.map(({ failed }) => failed),
        unknown: bars.map(({ unknown }) => unknown),
        latency_ms: bars.map(meanLatency),
      },
      recent: recent.map(toResultAnswer),
    })),
  };
}

function meanLatency({ passed, warned, durationSumMs }: CheckTally): number | null {
  const answers = passed + warned;
  return answers === 0 ? null : round(durationSumMs / answers);
}

/** To the microsecond: more digits than a clock has only make answers long. */
function round(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
