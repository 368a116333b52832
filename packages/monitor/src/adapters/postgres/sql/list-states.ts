import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface StateRow {
  readonly id: number;
  readonly target_id: string;
  readonly domain: string;
  readonly last_at_ms: number | null;
  readonly last_status: string | null;
  readonly known_at_ms: number | null;
  readonly known_status: string | null;
  readonly known_since_ms: number | null;
  readonly duration_ms: number | null;
  readonly reason: string | null;
  readonly problem_at_ms: number | null;
  readonly problem: string | null;
}

export const STATE_COLUMNS = `
  id, target_id, domain, last_at_ms, last_status, known_at_ms, known_status, known_since_ms, duration_ms, reason,
  problem_at_ms, problem`;

export const listStates: SqlStatement<StateRow> = {
  name: 'checks.list-states',
  text: `
    SELECT ${STATE_COLUMNS} FROM monitor.check_subject WHERE last_at_ms IS NOT NULL ORDER BY domain, target_id`,
};
