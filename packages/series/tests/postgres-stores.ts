import type { Postgres } from '@daywatch/service-kit/postgres';

/** Back to what the migrations have made. */
export async function emptySeriesTables(db: Postgres): Promise<void> {
  const text = `
    DELETE FROM monitor.block; DELETE FROM monitor.recent_block; DELETE FROM monitor.scrape; DELETE FROM monitor.source_layout;
    DELETE FROM monitor.source; DELETE FROM monitor.layout WHERE id > 0; DELETE FROM monitor.series WHERE id > 0;
    DELETE FROM monitor.label WHERE id > 0`;
  for (const [i, statement] of text.split(';').entries()) {
    await db.query({ name: `test.empty-series-${i}`, text: statement }, []);
  }
}
