import { Pool } from 'pg';

let pool: Pool | undefined;

/** The database, for what the rules say about it. */
export function openDatabase(dsn: string): Pool {
  return (pool ??= new Pool({ connectionString: dsn, max: 2, application_name: 'features' }));
}

export async function closeDatabase(): Promise<void> {
  await pool?.end();
}
