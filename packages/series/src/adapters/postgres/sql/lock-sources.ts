import type { SqlStatement } from '@daywatch/service-kit/postgres';

export interface SourceState {
  readonly id: number;
  readonly last_at_ms: number | null;
  readonly next_number: number;
}

/** $1 ids. Locked in one order, so that two appends never wait for each other in a circle. */
export const lockSources: SqlStatement<SourceState> = {
  name: 'series.lock-sources',
  text: `
    SELECT id, last_at_ms, next_number FROM monitor.source WHERE id = ANY ($1::int[]) ORDER BY id
       FOR NO KEY UPDATE`,
};
