import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  checked,
  describeTarget,
  openHouse,
  openSource,
  report,
  watch,
  type House,
} from './_support/house.ts';

const START_MS = Date.UTC(2026, 2, 1, 12);

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const { source, layout } = await openSource(house, 'a', [
    { __name__: 'up_time' },
    { __name__: 'x', le: '+Inf' },
  ]);
  const summary = { isUp: true, durationSeconds: 1, samples: 2 };
  await house.series.writer.append(
    Array.from({ length: 50 }, (_, i) => ({
      source,
      layout,
      atMs: START_MS + i * 5000,
      values: Float64Array.of(i % 7 === 0 ? NaN : i, Infinity),
      summary,
    })),
  );
  await house.checks.append(Array.from({ length: 50 }, (_, i) => checked('a', START_MS + i * 5000)));
  await watch(house, [describeTarget('a')]);
  await house.targets.board.report([report('a', START_MS)]);
});
afterAll(() => house[Symbol.asyncDispose]());

const PATHS = [
  '/api/v1/metrics',
  '/api/v1/checks',
  '/api/v1/targets',
  '/api/v1/series',
  '/api/v1/monitor/range',
  '/api/v1/monitor/board',
  '/api/v1/monitor/results',
] as const;

const NAMES = [
  'name',
  'date_from',
  'date_to',
  'limit',
  'cursor',
  'domain',
  'num',
  'include',
  'match',
  'points',
  'kind',
  'period',
  'recent',
] as const;

const selectorText = fc
  .array(
    fc.constantFrom(
      'up',
      'x',
      '{',
      '}',
      '"',
      '=',
      '=~',
      '!~',
      '!=',
      ',',
      'le',
      '__name__',
      'a',
      '.*',
      '(',
      ')',
      '\\',
      '+',
      ' ',
      '\u0000',
      '🦊',
      '\ud800',
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const value = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  selectorText,
  fc.constantFrom(
    'up_time',
    '{__name__=~".+"}',
    'a',
    '7',
    '1000',
    '24h',
    '90d',
    'rate',
    'value',
    'unknown',
    '',
  ),
  fc
    .date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    })
    .map((date) => date.toISOString()),
  fc.constantFrom(
    '2026-03-01T12:00:00Z',
    '2026-03-01T12:02:00Z',
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:60-23:59',
  ),
  fc.integer().map(String),
  fc.base64String({ maxLength: 24 }),
);

const query = fc.array(fc.tuple(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 5 })), value), {
  maxLength: 5,
});

describe('whatever is asked', () => {
  it('should never be answered with 5xx, nor otherwise than documented', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...PATHS), query, async (path, pairs) => {
        const text = pairs.map(([name, given]) => `${encode(name)}=${encode(given)}`).join('&');
        const { status } = await house.get(`${path}?${text}`);
        expect([200, 400]).toContain(status);
      }),
      { numRuns: 600 },
    );
  });

  it('should be refused in the shape of every error where it is not even a path', async () => {
    const raw = fc.string({
      unit: fc.constantFrom('/', 'a', '%', '%2', '%00', '%ff', '.', '..', ';', ':', '~', '?', '&', '='),
    });
    await fc.assert(
      fc.asyncProperty(raw, async (path) => {
        const response = await house.fetch(`/api/v1/${path}`);
        const body = (await response.json()) as { code: number };
        expect(response.status).toBeLessThan(500);
        if (response.status >= 400) expect(body.code).toBe(response.status);
      }),
      { numRuns: 200 },
    );
  });
});

/** Half of a surrogate pair cannot be spelled in UTF-8: clients put bytes there that are none. */
function encode(text: string): string {
  return text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80';
}
