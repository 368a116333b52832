import { makeLabels, type SeriesQuery, type SeriesReader, type SeriesStores } from '@daywatch/series';
import { createMemorySeries } from '@daywatch/series/memory';
import { expect, it } from 'vitest';
import { listReadings, type ReadingPlace } from './list-readings.ts';

const SERIES = 500;
const SCRAPES = 40;
const STEP_MS = 15_000;
const START_MS = Date.UTC(2026, 2, 1);

async function fill(): Promise<SeriesStores> {
  const stores = createMemorySeries();
  const { writer } = stores;
  const source = await writer.openSource('one', makeLabels({ job: 'node', instance: 'one' }));
  const layout = await writer.registerLayout(
    Array.from({ length: SERIES }, (_, i) => makeLabels({ __name__: 'metric', i: String(i) })),
  );
  await writer.append(
    Array.from({ length: SCRAPES }, (_, n) => ({
      source,
      layout,
      atMs: START_MS + n * STEP_MS,
      values: new Float64Array(SERIES).fill(n),
    })),
  );
  return stores;
}

/** Counts what is asked for, and what comes. */
function watch(reader: SeriesReader): {
  readonly reader: SeriesReader;
  queries: SeriesQuery[];
  samples: number;
} {
  const watched = {
    queries: [] as SeriesQuery[],
    samples: 0,
    reader: {
      ...reader,
      async *select(query: SeriesQuery, signal?: AbortSignal) {
        watched.queries.push(query);
        for await (const series of reader.select(query, signal)) {
          watched.samples += series.values.length;
          yield series;
        }
      },
    },
  };
  return watched;
}

async function readPage(
  reader: SeriesReader,
  limit: number,
  after?: ReadingPlace,
): Promise<readonly ReadingPlace[]> {
  const places: ReadingPlace[] = [];
  const all = { matchers: [], startMs: -Infinity, endMs: Infinity, limit, ...(after ? { after } : {}) };
  for await (const { count, order, timestampsMs, ids } of listReadings(reader, all)) {
    for (const at of order.subarray(0, count)) {
      places.push({ timestampMs: timestampsMs[at] as number, id: ids[at] as number });
    }
  }
  return places;
}

it('should read about as much as a page has, however many series there are', async () => {
  const { reader } = await fill();
  const watched = watch(reader);

  const page = await readPage(watched.reader, 100);

  expect(page).toHaveLength(100);
  // Less than the scrape of a target cannot be read.
  expect(watched.samples).toBe(SERIES);
  expect(watched.queries).toHaveLength(1);
});

it('should say of each window that the next one follows', async () => {
  const { reader } = await fill();
  const watched = watch(reader);

  expect(await readPage(watched.reader, Infinity)).toHaveLength(SERIES * SCRAPES);

  const [, ...later] = watched.queries;
  expect(later.length).toBeGreaterThan(0);
  for (const [i, { startMs }] of later.entries()) expect(startMs).toBe(watched.queries[i]?.endMs);
  for (const { isContinued } of watched.queries) expect(isContinued).toBe(true);
});

it('should give the same page by page as at once', async () => {
  const { reader } = await fill();
  const whole = await readPage(reader, 3000);
  const pages: ReadingPlace[] = [];
  while (pages.length < whole.length) pages.push(...(await readPage(reader, 700, pages.at(-1))));

  expect(pages.slice(0, whole.length)).toEqual(whole);
});
