import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { STATE_COLUMNS, type StateRow } from './list-states.ts';

/** $1 ids. Locked in one order, so that two appends never wait for each other in a circle. */
export const lockSubjects: SqlStatement<StateRow> = {
  name: 'checks.lock-subjects',
  text: `
    SELECT ${STATE_COLUMNS} FROM monitor.check_subject WHERE id = ANY ($1::int[]) ORDER BY id
       FOR NO KEY UPDATE`,
};
