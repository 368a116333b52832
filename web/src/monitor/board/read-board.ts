import type { Board as BoardAnswer, Target } from '../../api/generated.ts';
import type { Board, BoardEntry, Standing, Tally } from '../model.ts';
import { compareEntries } from './apply-standings.ts';

export function readBoard({ start, bar_ms: barMs, checks }: BoardAnswer): Board {
  const entries = checks.map(({ target, bars, recent }): BoardEntry => {
    const { passed, warned, failed, unknown } = bars;
    return {
      ...readStanding(target),
      bars: passed.map((count, i): Tally => ({
        passed: count,
        warned: warned[i] ?? 0,
        failed: failed[i] ?? 0,
        unknown: unknown[i] ?? 0,
      })),
      recent: recent.map((check) => ({
        atMs: Date.parse(check.timestamp),
        status: check.status,
        durationMs: check.duration_ms,
      })),
    };
  });
  return { startMs: Date.parse(start), barMs, entries: entries.toSorted(compareEntries) };
}

export function readStanding(target: Target): Standing {
  const { last_check: check, last_scrape: scrape, last_error: error } = target;
  return {
    id: target.id,
    domain: target.domain,
    kind: target.kind,
    url: target.url,
    intervalMs: target.interval_ms,
    status: target.state,
    reason: target.reason ?? undefined,
    sinceMs: target.since === null ? undefined : Date.parse(target.since),
    lastCheck: check ? { atMs: Date.parse(check.timestamp), durationMs: check.duration_ms } : undefined,
    lastScrape: scrape
      ? { atMs: Date.parse(scrape.timestamp), samples: scrape.samples, refused: scrape.refused }
      : undefined,
    lastError: error ? { atMs: Date.parse(error.timestamp), message: error.message } : undefined,
    checker: target.checker ?? undefined,
  };
}
