import type { CheckBoard, CheckCount, CheckUpkeep } from '../../check/check-board.ts';
import { addTallies, NO_RESULTS, spanStart, tallyOf } from '../../check/check-count.ts';
import type { CheckResult, CheckResultStore, NewCheckResult } from '../../check/check-result-store.ts';

/** Keeps results while the process runs: for tests, and for a checker without a database. */
export function createMemoryCheckResults(): CheckResultStore & CheckBoard & CheckUpkeep {
  /** In the order of their time, of equal ones by id. */
  const results: CheckResult[] = [];
  const known = new Set<string>();
  let lastId = 0;

  const last: CheckResultStore['last'] = async ({ domain, count, includesUnknown = false }) => {
    const found: CheckResult[] = [];
    for (let i = results.length - 1; i >= 0 && found.length < count; i -= 1) {
      const result = results[i] as CheckResult;
      const isWanted = domain === undefined || result.domain === domain;
      if (isWanted && (includesUnknown || result.status !== 'unknown')) found.push(result);
    }
    return found.reverse();
  };

  return {
    append: async (added) => {
      for (const result of added) {
        const key = keyOf(result);
        if (known.has(key)) continue;
        known.add(key);
        lastId += 1;
        results.splice(findPlace(results, result.atMs), 0, { ...result, id: lastId });
      }
    },
    last,
    counts: async ({ span, startMs, endMs, domain }) => {
      const counts = new Map<string, CheckCount>();
      for (const result of results) {
        const start = spanStart(result.atMs, span);
        if (start < startMs || start >= endMs || (domain !== undefined && result.domain !== domain)) continue;
        const key = JSON.stringify([result.domain, start]);
        const tally = addTallies(counts.get(key) ?? NO_RESULTS, tallyOf(result));
        counts.set(key, { domain: result.domain, startMs: start, ...tally });
      }
      return [...counts.values()].sort((a, b) => compare(a.domain, b.domain) || a.startMs - b.startMs);
    },
    recent: async (domains, count) => {
      const sorted = [...new Set(domains)].sort(compare);
      const found = await Promise.all(sorted.map((domain) => last({ domain, count, includesUnknown: true })));
      return found.flat();
    },
    dropBefore: async (cutoffMs) => {
      const kept = results.filter(({ atMs }) => atMs >= cutoffMs);
      const dropped = results.length - kept.length;
      results.splice(0, results.length, ...kept);
      known.clear();
      for (const result of kept) known.add(keyOf(result));
      return dropped === 0 ? [] : [`${dropped} results`];
    },
  };
}

function keyOf({ atMs, targetId, domain }: NewCheckResult): string {
  return JSON.stringify([atMs, targetId, domain]);
}

/** By code unit, as the database sorts them. */
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** After all results of that moment or before; nearly always the end. */
function findPlace(results: readonly CheckResult[], atMs: number): number {
  let place = results.length;
  while (place > 0 && (results[place - 1] as CheckResult).atMs > atMs) place -= 1;
  return place;
}
