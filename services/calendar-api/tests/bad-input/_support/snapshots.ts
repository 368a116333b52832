import { Client } from 'pg';

export interface Snapshots extends AsyncDisposable {
  readonly rows: () => Promise<string>;
}

/** Reads every row of every table of the schema `calendar`, so that a test can say that nothing is changed. */
export async function openSnapshots(dsn: string): Promise<Snapshots> {
  const client = new Client({ connectionString: dsn, application_name: 'bad-input snapshots' });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'calendar' ORDER BY 1`,
  );
  const query = tables
    .map(({ name }) => `SELECT '${name}' AS name, to_jsonb(t)::text AS content FROM ${name} t`)
    .join(' UNION ALL ');
  return {
    rows: async () => {
      const { rows } = await client.query<{ name: string; content: string }>(`${query} ORDER BY 1, 2`);
      return rows.map(({ name, content }) => `${name} ${content}`).join('\n');
    },
    [Symbol.asyncDispose]: () => client.end(),
  };
}
