import type { Postgres, SqlStatement } from '@daywatch/service-kit/postgres';

const sizes: SqlStatement<{ readonly name: string; readonly bytes: number }> = {
  name: 'bench.table-sizes',
  text: `
    SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'monitor' AND c.relkind IN ('r', 'S')
     ORDER BY bytes DESC`,
};

/** What the schema takes on disk, indexes and TOAST included, after a VACUUM. */
export async function measureTables(postgres: Postgres): Promise<{
  readonly blocks: number;
  readonly rest: number;
  readonly byTable: ReadonlyMap<string, number>;
}> {
  await postgres.query({ name: 'bench.vacuum', text: 'VACUUM' }, []);
  const rows = await postgres.query(sizes, []);
  const total = (isWanted: (name: string) => boolean): number =>
    rows.filter(({ name }) => isWanted(name)).reduce((sum, { bytes }) => sum + bytes, 0);
  const isBlock = (name: string): boolean => name.startsWith('block_from_');
  return {
    blocks: total(isBlock),
    rest: total((name) => !isBlock(name)),
    byTable: new Map(rows.map(({ name, bytes }) => [name, bytes])),
  };
}
