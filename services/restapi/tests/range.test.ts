import { CELL } from '@daywatch/series';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, openSource, type House } from './_support/house.ts';

const START_MS = Date.UTC(2026, 2, 1);
const STEP_MS = 15_000;
const SCRAPES = 2000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const { source, layout } = await openSource(house, 'a', [
    { __name__: 'wave' },
    { __name__: 'requests_total' },
    { __name__: 'ends' },
  ]);
  const scrapes = Array.from({ length: SCRAPES }, (_, i) => ({
    source,
    layout,
    atMs: START_MS + i * STEP_MS,
    // A counter that grows by 30 each 15 seconds, and begins anew in the middle.
    values: Float64Array.of(
      i === 777 ? 1000 : Math.sin(i / 50),
      (i % (SCRAPES / 2)) * 30,
      i === 1 ? Infinity : i,
    ),
    states: Uint8Array.of(
      CELL.value,
      CELL.value,
      i === 5 ? CELL.stale : i > 5 && i < 9 ? CELL.absent : CELL.value,
    ),
  }));
  await house.series.writer.append(scrapes.slice(0, 1000));
  await house.series.upkeep.seal(START_MS);
  await house.series.writer.append(scrapes.slice(1000));
});
afterAll(() => house[Symbol.asyncDispose]());

async function range(parameters: Readonly<Record<string, string>>) {
  const query = new URLSearchParams({
    date_from: new Date(START_MS).toISOString(),
    date_to: new Date(START_MS + SCRAPES * STEP_MS).toISOString(),
    ...parameters,
  });
  return house.get(`/api/v1/monitor/range?${query.toString()}`);
}

describe('/api/v1/monitor/range', () => {
  it('should thin a line out, and miss no peak', async () => {
    const { body } = await range({ match: 'wave', points: '100' });
    const [{ name, target, labels, timestamps_ms, values }] = body.series;

    expect([name, target.job, labels.__name__, body.kind]).toEqual(['wave', 'a', 'wave', 'value']);
    expect(values.length).toBe(timestamps_ms.length);
    expect(values.length).toBeGreaterThan(100);
    expect(values.length).toBeLessThanOrEqual(400);
    expect(Math.max(...values)).toBe(1000);
    expect(timestamps_ms).toEqual(timestamps_ms.toSorted((a: number, b: number) => a - b));
    expect([timestamps_ms[0], timestamps_ms.at(-1)]).toEqual([START_MS, START_MS + (SCRAPES - 1) * STEP_MS]);
  });

  it('should give every sample where there is room for all', async () => {
    const { body } = await range({
      match: 'ends',
      date_to: new Date(START_MS + 12 * STEP_MS).toISOString(),
    });

    expect(body.series[0].values).toEqual([0, '+Inf', 2, 3, 4, null, 9, 10, 11]);
  });

  it('should tell how fast a counter grows, over its new beginning too', async () => {
    const { body } = await range({ match: 'requests_total', kind: 'rate', points: '50' });
    const rates = body.series[0].values.filter((rate: number) => rate !== 0);

    expect(new Set(rates)).toEqual(new Set([2]));
  });

  it('should answer nothing where nothing is, and refuse what nobody could tell apart', async () => {
    expect((await range({ match: 'nobody' })).body.series).toEqual([]);
    const { source } = await openSource(house, 'many', []);
    const layout = await house.series.writer.registerLayout(
      Array.from(
        { length: 101 },
        (_, i) => [['__name__', 'many'] as const, ['i', String(i)] as const] as never,
      ),
    );
    await house.series.writer.append([{ source, layout, atMs: START_MS, values: new Float64Array(101) }]);

    const { status, body } = await range({ match: 'many' });

    expect([status, body.error]).toEqual([400, 'too_many_series']);
    expect(body.message).toBe('match: it selects more than 100 series; add labels to narrow it down');
  });
});
