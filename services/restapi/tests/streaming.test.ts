import { makeLabels } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres } from '@daywatch/service-kit/postgres';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/_support/databases.ts';
import { startRestapi } from './_support/process.ts';

const SERIES = 500;
const SCRAPES = 2000;
const STEP_MS = 15_000;
const START_MS = Date.UTC(2026, 2, 1);
const MIB = 2 ** 20;

it(
  'should answer a million readings in the order of time, with flat memory',
  { timeout: 300_000 },
  async () => {
    await using database = await createTestDatabase();
    await fill(database.dsn);
    await using restapi = await startRestapi({
      DAYWATCH_STORAGE_DSN: database.dsn,
      DAYWATCH_AUTH_MODE: 'none',
    });
    const residentBytes = async (): Promise<number> => {
      const text = await (await fetch(`${restapi.origin}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]);
    };
    // It is weighed at work: its code is loaded and compiled, and its connections are made.
    const until = new Date(START_MS + 200 * STEP_MS).toISOString();
    const first = await fetch(`${restapi.origin}/api/v1/metrics?date_to=${until}`);
    expect(((await first.json()) as unknown[]).length).toBe(200 * SERIES);
    const before = await residentBytes();
    let greatest = before;

    const response = await fetch(`${restapi.origin}/api/v1/metrics`);
    let readings = 0;
    let lastTimestamp = '';
    let rest = '';
    let pieces = 0;
    const decoder = new TextDecoder();
    for await (const piece of response.body ?? []) {
      const lines = (rest + decoder.decode(piece as Uint8Array, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        readings += 1;
        const timestamp = line.slice(line.indexOf('"timestamp":"') + 13, line.indexOf('","name"'));
        if (timestamp < lastTimestamp) throw new Error(`${timestamp} came after ${lastTimestamp}`);
        lastTimestamp = timestamp;
      }
      pieces += 1;
      if (pieces % 200 === 0) greatest = Math.max(greatest, await residentBytes());
    }

    expect(rest.endsWith('}]')).toBe(true);
    expect(readings + 1).toBe(SERIES * SCRAPES);
    // Kept whole it would be hundreds; what a run adds to that is the garbage that the collector has not come to yet.
    // The figure that is aimed at, 64, is measured by the benchmark.
    expect((greatest - before) / MIB).toBeLessThan(128);
  },
);

/** A million readings, half of them in blocks. */
async function fill(dsn: string): Promise<void> {
  await using db = openPostgres({ dsn, applicationName: 'streaming test', statementTimeoutMs: 120_000 });
  const { writer, upkeep } = createPostgresSeries(db);
  const source = await writer.openSource('target one', makeLabels({ job: 'node', instance: 'one:9100' }));
  const layout = await writer.registerLayout(
    Array.from({ length: SERIES }, (_, i) => makeLabels({ __name__: 'metric', i: String(i) })),
  );
  for (let at = 0; at < SCRAPES; at += 100) {
    const scrapes = Array.from({ length: 100 }, (_, i) => ({
      source,
      layout,
      atMs: START_MS + (at + i) * STEP_MS,
      values: Float64Array.from({ length: SERIES }, (_, column) => (at + i) * column),
    }));
    await writer.append(scrapes);
    if (at + 100 === SCRAPES / 2) await upkeep.seal(START_MS);
  }
}
