import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openHouse, openSource, type House, type Scraped } from './_support/house.ts';

const STEP_MS = 15_000;

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house[Symbol.asyncDispose]());

interface Reading {
  readonly id: number;
  readonly timestamp: string;
}

describe('pages', () => {
  it('should always hold each reading once, in one order, while more is written, sealed and merged', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 150 }),
        fc.array(fc.constantFrom('write', 'seal', 'nothing'), { minLength: 1, maxLength: 6 }),
        async (limit, actions) => {
          run += 1;
          const job = `job${run}`;
          const scraped = await openSource(
            house,
            job,
            Array.from({ length: 3 }, (_, i) => ({ __name__: 'metric', i: String(i) })),
          );
          const start = Date.UTC(2026, 2, run % 28);
          let written = 140;
          await append(scraped, start, 0, written);
          const name = encodeURIComponent(`metric{job="${job}"}`);
          const before = (await house.get(`/api/v1/metrics?name=${name}`)).body as Reading[];

          const seen: Reading[] = [];
          let next: string | undefined = `/api/v1/metrics?name=${name}&limit=${limit}`;
          for (let page = 0; next !== undefined; page++) {
            // Writing at each page would never come to an end.
            const action = page < 100 ? actions[page % actions.length] : 'nothing';
            if (action === 'write') await append(scraped, start, written++, 1);
            if (action === 'seal') await house.series.upkeep.seal(start + (page % 2) * 30 * 86_400_000);
            const { body, headers } = await house.get(next);
            seen.push(...(body as Reading[]));
            next = /^<([^>]+)>/.exec(headers.get('link') ?? '')?.[1];
          }

          const after = (await house.get(`/api/v1/metrics?name=${name}`)).body as Reading[];
          expect(seen).toEqual(after.slice(0, seen.length));
          expect(seen.slice(0, before.length)).toEqual(before);
        },
      ),
      { numRuns: 12 },
    );
  });
});

async function append(
  { source, layout }: Scraped,
  startMs: number,
  from: number,
  count: number,
): Promise<void> {
  await house.series.writer.append(
    Array.from({ length: count }, (_, i) => ({
      source,
      layout,
      atMs: startMs + (from + i) * STEP_MS,
      values: Float64Array.of(i, i / 3, NaN),
    })),
  );
}
