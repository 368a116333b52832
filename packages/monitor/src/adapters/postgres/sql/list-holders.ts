import type { SqlStatement } from '@daywatch/service-kit/postgres';

export const listHolders: SqlStatement<{ readonly id: string; readonly checker_id: string | null }> = {
  name: 'monitor.list-holders',
  text: 'SELECT id, checker_id FROM monitor.target',
};
