import type { NewCheckResult } from './check-result-store.ts';

/** How finely results are counted: hours, and days of UTC. */
export type CountSpan = 'hour' | 'day';

export const COUNT_SPAN_MS = { hour: 3_600_000, day: 86_400_000 } as const satisfies Record<
  CountSpan,
  number
>;

/** How many results a span has, by status, and how long answers took. */
export interface CheckTally {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
  readonly unknown: number;
  /** Of the results that passed or warned: what failed says nothing of how long an answer takes. */
  readonly durationSumMs: number;
  readonly durationMaxMs: number;
}

export const NO_RESULTS: CheckTally = {
  passed: 0,
  warned: 0,
  failed: 0,
  unknown: 0,
  durationSumMs: 0,
  durationMaxMs: 0,
};

export function tallyOf({ status, durationMs }: Pick<NewCheckResult, 'status' | 'durationMs'>): CheckTally {
  const took = { durationSumMs: durationMs, durationMaxMs: durationMs };
  switch (status) {
    case 'pass':
      return { ...NO_RESULTS, ...took, passed: 1 };
    case 'warn':
      return { ...NO_RESULTS, ...took, warned: 1 };
    case 'fail':
      return { ...NO_RESULTS, failed: 1 };
    case 'unknown':
      return { ...NO_RESULTS, unknown: 1 };
    default:
      return status satisfies never;
  }
}

export function addTallies(a: CheckTally, b: CheckTally): CheckTally {
  return {
    passed: a.passed + b.passed,
    warned: a.warned + b.warned,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    durationSumMs: a.durationSumMs + b.durationSumMs,
    durationMaxMs: Math.max(a.durationMaxMs, b.durationMaxMs),
  };
}

/** Of the results that say something, how many did not fail, from 0 to 1; undefined where none says anything. */
export function upShare({ passed, warned, failed }: CheckTally): number | undefined {
  const known = passed + warned + failed;
  return known === 0 ? undefined : (passed + warned) / known;
}

/** The start of the span that a moment lies in. */
export function spanStart(atMs: number, span: CountSpan): number {
  return Math.floor(atMs / COUNT_SPAN_MS[span]) * COUNT_SPAN_MS[span];
}
