import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface TargetRow {
  readonly id: string;
  readonly domain: string;
  readonly kind: 'prometheus' | 'http';
  readonly url: string;
  readonly interval_ms: number;
  readonly timeout_ms: number;
  readonly status: 'pass' | 'warn' | 'fail' | 'unknown';
  readonly since_ms: number | null;
  readonly reason: string | null;
  readonly checked_at_ms: number | null;
  readonly duration_ms: number | null;
  readonly scraped_at_ms: number | null;
  readonly samples: number | null;
  readonly refused: number | null;
  readonly error: string | null;
  readonly error_at_ms: number | null;
  /** Of a checker that lives. */
  readonly checker: string | null;
}

export const listTargets: SqlStatement<TargetRow> = {
  name: 'monitor.list-targets',
  isQuickRead: true,
  text: `
    SELECT t.id, t.domain, t.kind, t.url, t.interval_ms, t.timeout_ms, t.status, t.since_ms, t.reason, t.checked_at_ms,
           t.duration_ms, t.scraped_at_ms, t.samples, t.refused, t.error, t.error_at_ms, c.name AS checker
      FROM monitor.target t
      LEFT JOIN monitor.checker c ON c.id = t.checker_id AND c.expires_at > clock_timestamp()
     ORDER BY t.id`,
};
