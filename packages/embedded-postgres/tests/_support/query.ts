import pg from 'pg';

/** Runs one statement over a connection of its own and returns the rows. */
export async function query<Row extends pg.QueryResultRow>(
  dsn: string,
  text: string,
  values: readonly unknown[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: dsn });
  // A server that is killed breaks the connection; the query that waits reports it.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(text, [...values])).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
