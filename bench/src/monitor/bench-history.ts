import { makeLabels, parseSelector } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import { STEP_MS, START_MS } from './load-series.ts';
import { openSeriesHouse, type SeriesHouse } from './series-house.ts';

const SERIES = 100;
const DAY_MS = 86_400_000;
const SCRAPES_PER_DAY = DAY_MS / STEP_MS;
const DAYS = 90;
const AT_ONCE = 480;
const WARM_UP = 5;
const ROUNDS = 60;

/** The same day of one series and of all of them, asked for when a day is stored and when ninety are. */
export async function benchHistory(): Promise<readonly Figure[]> {
  await using house = await openSeriesHouse();
  await loadDays(house, 0, 1);
  const [oneBefore, allBefore] = [await timeOne(house), await timeAll(house)];
  await loadDays(house, 1, DAYS);
  const [oneAfter, allAfter] = [await timeOne(house), await timeAll(house)];
  return [
    compare('one series over 24 h', oneBefore, oneAfter),
    compare(`${SERIES} series over 24 h`, allBefore, allAfter),
  ];
}

function compare(what: string, beforeMs: number, afterMs: number): Figure {
  return {
    name: `${what}, ${DAYS} days stored to 1 day`,
    ours: `${afterMs.toFixed(1)} to ${beforeMs.toFixed(1)} ms`,
    limit: '',
    value: afterMs / beforeMs,
    unit: 'times',
    wanted: { atMost: 1.5 },
  };
}

async function loadDays({ stores, postgres }: SeriesHouse, fromDay: number, toDay: number): Promise<void> {
  const { writer, upkeep } = stores;
  const source = await writer.openSource('target', makeLabels({ job: 'node', instance: 'host:9100' }));
  const layout = await writer.registerLayout(
    Array.from({ length: SERIES }, (_, i) =>
      makeLabels({ __name__: 'metric', i: String(i).padStart(2, '0') }),
    ),
  );
  for (let day = fromDay; day < toDay; day++) {
    for (let at = 0; at < SCRAPES_PER_DAY; at += AT_ONCE) {
      const first = day * SCRAPES_PER_DAY + at;
      await writer.append(
        Array.from({ length: AT_ONCE }, (_, i) => ({
          source,
          layout,
          atMs: START_MS + (first + i) * STEP_MS,
          values: Float64Array.from({ length: SERIES }, (_, column) => valueOf(first + i, column)),
        })),
      );
    }
    await upkeep.seal(START_MS + (day + 1) * DAY_MS);
    await postgres.query({ name: 'bench.vacuum', text: 'VACUUM (ANALYZE)' }, []);
  }
}

/** Counters, and gauges with two decimals that go up and down. */
function valueOf(scrape: number, column: number): number {
  if (column % 2 === 0) return scrape * (column + 1);
  return Math.round(Math.sin(scrape / (50 + column)) * 10_000) / 100;
}

function timeOne(house: SeriesHouse): Promise<number> {
  return time(house, 'metric{i="42"}', 1);
}

function timeAll(house: SeriesHouse): Promise<number> {
  return time(house, 'metric', SERIES);
}

/** The median, by a reader that knows nothing yet, after some rounds. */
async function time({ postgres }: SeriesHouse, selector: string, series: number): Promise<number> {
  const { reader } = createPostgresSeries(postgres);
  const query = { matchers: parseSelector(selector), startMs: START_MS, endMs: START_MS + DAY_MS };
  const times: number[] = [];
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    const start = performance.now();
    let samples = 0;
    for await (const { values } of reader.select(query)) samples += values.length;
    if (round >= WARM_UP) times.push(performance.now() - start);
    if (samples !== series * SCRAPES_PER_DAY) throw new Error(`a day has ${samples} samples`);
  }
  return median(times);
}
