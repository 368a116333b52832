import type { CheckResult } from '../../check/check-result-store.ts';
import type { CheckState } from '../../check/check-state.ts';
import type { HealthStatus } from '../../check/checkable.ts';
import type { CheckStatus } from '../../checker/check-run.ts';
import type { StateRow } from './sql/list-states.ts';
import type { ResultRow } from './sql/list-recent-results.ts';

const LETTERS = { pass: 'p', warn: 'w', fail: 'f', unknown: 'u' } as const satisfies Record<
  CheckStatus,
  string
>;

const STATUSES = new Map<string, CheckStatus>(
  Object.entries(LETTERS).map(([status, letter]) => [letter, status as CheckStatus]),
);

/** How a status stands in a row: one letter. */
export function letterOf(status: CheckStatus): string {
  return LETTERS[status];
}

function statusOf(letter: string | null): CheckStatus {
  const status = STATUSES.get(letter ?? '');
  if (status === undefined) throw new Error(`the database has the status '${letter}' of a check, which is none`);
  return status;
}

export function toResult(row: ResultRow): CheckResult {
  return {
    id: row.id,
    targetId: row.target_id,
    atMs: row.at_ms,
    domain: row.domain,
    status: statusOf(row.status),
    durationMs: row.duration_ms,
    reason: row.reason ?? undefined,
  };
}

/** Undefined for a subject that has no results yet. */
export function toState(row: StateRow): CheckState | undefined {
  if (row.last_at_ms === null) return undefined;
  return {
    targetId: row.target_id,
    domain: row.domain,
    last: {
      atMs: row.last_at_ms,
      status: statusOf(row.last_status),
      durationMs: row.duration_ms ?? 0,
      reason: row.reason ?? undefined,
    },
    known:
      row.known_at_ms === null
        ? undefined
        : {
            atMs: row.known_at_ms,
            status: statusOf(row.known_status) as HealthStatus,
            sinceMs: row.known_since_ms ?? row.known_at_ms,
          },
    problem:
      row.problem_at_ms === null
        ? undefined
        : { atMs: row.problem_at_ms, reason: row.problem ?? undefined },
  };
}

/** The parameters of `advanceSubjects`. */
export function stateColumns(states: ReadonlyMap<number, CheckState>) {
  const all = [...states.values()];
  return [
    [...states.keys()],
    all.map(({ last }) => last.atMs),
    all.map(({ last }) => letterOf(last.status)),
    all.map(({ known }) => known?.atMs ?? null),
    all.map(({ known }) => (known === undefined ? null : letterOf(known.status))),
    all.map(({ known }) => known?.sinceMs ?? null),
    all.map(({ last }) => last.durationMs),
    all.map(({ last }) => last.reason ?? null),
    all.map(({ problem }) => problem?.atMs ?? null),
    all.map(({ problem }) => problem?.reason ?? null),
  ];
}
