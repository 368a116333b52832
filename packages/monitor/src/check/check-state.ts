import type { CheckStatus } from '../checker/check-run.ts';
import type { NewCheckResult } from './check-result-store.ts';
import type { HealthStatus } from './checkable.ts';

/** How a target stands under the domain that it has, as far as its results tell. */
export interface CheckState {
  readonly targetId: string;
  readonly domain: string;
  /** The latest result. */
  readonly last: {
    readonly atMs: number;
    readonly status: CheckStatus;
    readonly durationMs: number;
    readonly reason: string | undefined;
  };
  /** The latest result that says something of the target, and since when they all say so; undefined before the first. */
  readonly known:
    | { readonly atMs: number; readonly status: HealthStatus; readonly sinceMs: number }
    | undefined;
  /** The latest result that was `warn` or `fail`. */
  readonly problem: { readonly atMs: number; readonly reason: string | undefined } | undefined;
}

/**
 * How a target stands after one more result. `unknown` changes nothing of what is known: a checker in trouble is no
 * news of the target. A result that comes late does not change what a later one said.
 */
export function advanceState(state: CheckState | undefined, result: NewCheckResult): CheckState {
  const { targetId, domain, atMs, status, durationMs, reason } = result;
  const isProblem = status === 'warn' || status === 'fail';
  return {
    targetId,
    domain,
    last:
      state === undefined || atMs > state.last.atMs ? { atMs, status, durationMs, reason } : state.last,
    known: advanceKnown(state?.known, atMs, status),
    problem: isProblem && atMs > (state?.problem?.atMs ?? -Infinity) ? { atMs, reason } : state?.problem,
  };
}

function advanceKnown(known: CheckState['known'], atMs: number, status: CheckStatus): CheckState['known'] {
  if (status === 'unknown' || (known && atMs <= known.atMs)) return known;
  return { atMs, status, sinceMs: known?.status === status ? known.sinceMs : atMs };
}
