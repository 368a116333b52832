import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** $1 the checker that asks: its targets it knows itself. */
export const listCheckers: SqlStatement<{ readonly id: string; readonly targets: readonly string[] }> = {
  name: 'monitor.list-checkers',
  text: 'SELECT id, targets FROM monitor.checker WHERE id <> $1::uuid',
};
