import type { CheckResult } from '../../check/check-result-store.ts';
import type { CheckStatus } from '../../checker/check-run.ts';
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
  if (status === undefined)
    throw new Error(`the database has the status '${letter}' of a check, which is none`);
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
