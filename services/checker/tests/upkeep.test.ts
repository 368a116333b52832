import { createPostgresCheckResults } from '@daywatch/monitor/postgres';
import { makeLabels, type SeriesStores, type SourceId } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { openHouse, type House } from './_support/house.ts';

const DAY_MS = 86_400_000;
/** As many scrapes as are sealed together, however young they are. */
const STRETCH = 128;

let house: House;
let db: Postgres;
let series: SeriesStores;
beforeEach(async () => {
  house = await openHouse();
  await house.configure([]);
  db = openPostgres({ dsn: house.dsn, applicationName: 'upkeep test', maxConnections: 2 });
  series = createPostgresSeries(db);
});
afterEach(async () => {
  await db.close();
  await house[Symbol.asyncDispose]();
});

describe('the upkeep of a running checker', () => {
  it('should pack scrapes into blocks, and drop samples and results as retention says of each', async () => {
    const now = Date.now();
    await writeScrapes('old', now - 60 * DAY_MS);
    await writeScrapes('young', now - 3_600_000);
    await writeResults(now - 300 * DAY_MS, now - 60 * DAY_MS, now - 3_600_000);

    await using checker = await house.start({
      env: { DAYWATCH_RETENTION_METRICS: '30d', DAYWATCH_RETENTION_CHECKS: '100d' },
    });
    // A partition of samples, and two of results: those themselves, and their counts by the hour.
    await waitFor('what is old to be dropped', async () => (await partitionsDropped(checker)) === 3);

    expect(await checker.metric('monitor_scrapes_sealed_total')).toBe(2 * STRETCH);
    const left = await house.select('{__name__="a"}');
    expect([...left.keys()]).toEqual(['a{job="young"}']);
    expect(left.get('a{job="young"}')?.values).toHaveLength(STRETCH);
    expect((await house.results()).map(({ atMs }) => now - atMs)).toEqual([60 * DAY_MS, 3_600_000]);
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('should go on with other sources and with retention where a source is damaged, and say so once', async () => {
    const now = Date.now();
    const damaged = await writeScrapes('damaged', now - 60 * DAY_MS);
    await writeScrapes('old', now - 60 * DAY_MS);
    const text = `UPDATE monitor.scrape SET cells = '\\xffff' WHERE source_id = $1`;
    await db.query({ name: 'test.damage', text }, [damaged]);

    await using checker = await house.start({ env: { DAYWATCH_RETENTION_METRICS: '30d' } });
    await waitFor('the old partition to be dropped', async () => (await partitionsDropped(checker)) === 1);
    expect(await checker.metric('monitor_scrapes_sealed_total')).toBe(STRETCH);
    await waitFor(
      'another try',
      async () => (await checker.metric('monitor_seal_failures_total')) > 1,
      60_000,
    );

    const told = checker.stdout().match(/target damaged: .*/g) ?? [];
    expect(told).toHaveLength(1);
    expect(checker.stdout()).not.toContain('keeping the monitor small: not available');
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});

function partitionsDropped(checker: Awaited<ReturnType<House['start']>>): Promise<number> {
  return checker.metric('monitor_partitions_dropped_total');
}

async function writeScrapes(name: string, fromMs: number): Promise<SourceId> {
  const source = await series.writer.openSource(`target ${name}`, makeLabels({ job: name }));
  const layout = await series.writer.registerLayout([makeLabels({ __name__: 'a' })]);
  const scrapes = Array.from({ length: STRETCH }, (_, i) => ({
    source,
    layout,
    atMs: fromMs + i * 1000,
    values: Float64Array.of(i),
  }));
  await series.writer.append(scrapes);
  return source;
}

async function writeResults(...timesMs: readonly number[]): Promise<void> {
  const result = {
    targetId: 'shop',
    domain: 'shop',
    durationMs: 1,
    status: 'pass',
    reason: undefined,
  } as const;
  await createPostgresCheckResults(db).append(timesMs.map((atMs) => ({ ...result, atMs })));
}
