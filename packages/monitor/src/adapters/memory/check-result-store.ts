import type { CheckResult, CheckResultStore } from '../../check/check-result-store.ts';

/** Keeps results while the process runs: for tests, and for a checker without a database. */
export function createMemoryCheckResults(): CheckResultStore {
  /** In the order of their time, of equal ones by id. */
  const results: CheckResult[] = [];
  const known = new Set<string>();
  let lastId = 0;
  return {
    append: async (added) => {
      for (const result of added) {
        const key = `${result.atMs} ${result.targetId}`;
        if (known.has(key)) continue;
        known.add(key);
        lastId += 1;
        results.splice(findPlace(results, result.atMs), 0, { ...result, id: lastId });
      }
    },
    last: async ({ domain, count, includesUnknown = false }) => {
      const found: CheckResult[] = [];
      for (let i = results.length - 1; i >= 0 && found.length < count; i -= 1) {
        const result = results[i] as CheckResult;
        const isWanted = domain === undefined || result.domain === domain;
        if (isWanted && (includesUnknown || result.status !== 'unknown')) found.push(result);
      }
      return found.reverse();
    },
  };
}

/** After all results of that moment or before; nearly always the end. */
function findPlace(results: readonly CheckResult[], atMs: number): number {
  let place = results.length;
  while (place > 0 && (results[place - 1] as CheckResult).atMs > atMs) place -= 1;
  return place;
}
