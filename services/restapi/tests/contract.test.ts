import { CELL } from '@daywatch/series';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import {
  checked,
  describeTarget,
  openHouse,
  openSource,
  report,
  watch,
  type House,
} from './_support/house.ts';

/** 2026-03-01T12:00:00Z. */
const START_MS = Date.UTC(2026, 2, 1, 12);
const COLUMN_ROOM = 2 ** 20;

describe.each(POSTGRES_KINDS)('the contract on %s', (server) => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse(server);
    await fill(house);
  });
  afterAll(() => house[Symbol.asyncDispose]());

  describe('/api/v1/metrics', () => {
    it('should give every reading, oldest first, the synthetic series among them', async () => {
      const { status, headers, body } = await house.get('/api/v1/metrics');

      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(headers.get('link')).toBeNull();
      const order = body.map(({ timestamp, id }: Reading) => `${timestamp} ${String(id).padStart(16, '0')}`);
      expect(order).toEqual(order.toSorted());
      expect(new Set(body.map(({ id }: Reading) => id)).size).toBe(body.length);
      expect(new Set(body.map(({ name }: Reading) => name))).toEqual(
        new Set([
          'go_gc_duration_seconds{quantile="0.75"}',
          'go_gc_duration_seconds{quantile="1"}',
          'odd',
          'up',
          'scrape_duration_seconds',
          'scrape_samples_scraped',
        ]),
      );
    });

    it('should have the id, time, name, value and target of a reading, and nothing else', async () => {
      const { body } = await house.get('/api/v1/metrics?name=go_gc_duration_seconds{quantile="0.75"}');

      expect(body).toHaveLength(2);
      expect(body[0]).toEqual({
        id: expect.any(Number),
        timestamp: '2026-03-01T12:00:00.000Z',
        name: 'go_gc_duration_seconds{quantile="0.75"}',
        value: 0.25,
        target: { instance: 'gometr.example:9100', job: 'gometr' },
      });
    });

    it('should number readings by scrape and column', async () => {
      const { body } = await house.get('/api/v1/metrics?date_to=2026-03-01T12:00:01Z');
      const columns = body.map(({ id, name }: Reading) => [name, (id - 1) % COLUMN_ROOM]);

      expect(Object.fromEntries(columns)).toMatchObject({
        'go_gc_duration_seconds{quantile="0.75"}': 0,
        'go_gc_duration_seconds{quantile="1"}': 1,
        odd: 2,
      });
      expect(new Set(body.map(({ id }: Reading) => Math.floor((id - 1) / COLUMN_ROOM))).size).toBe(1);
    });

    it('should take labels in any order, those of the target too', async () => {
      const count = async (name: string): Promise<number> =>
        (await house.get(`/api/v1/metrics?name=${encodeURIComponent(name)}`)).body.length;

      expect(await count('go_gc_duration_seconds')).toBe(4);
      expect(await count('go_gc_duration_seconds{job="gometr",quantile="1"}')).toBe(2);
      expect(await count('go_gc_duration_seconds{quantile="1",job="gometr"}')).toBe(2);
      expect(await count('go_gc_duration_seconds{ quantile = "1" , }')).toBe(2);
      expect(await count('{"go_gc_duration_seconds"}')).toBe(4);
      expect(await count('{quantile="1"}')).toBe(2);
      expect(await count('go_gc_duration_seconds{quantile="2"}')).toBe(0);
      expect(await count('nobody')).toBe(0);
    });

    it('should include the start, exclude the end, and take both ends alone', async () => {
      const times = async (query: string): Promise<readonly string[]> =>
        (await house.get(`/api/v1/metrics?name=up&${query}`)).body.map(({ timestamp }: Reading) => timestamp);
      const [first, second] = ['2026-03-01T12:00:00.000Z', '2026-03-01T12:00:05.000Z'];

      expect(await times('date_from=2026-03-01T12:00:00Z')).toEqual([first, second]);
      expect(await times('date_from=2026-03-01T12:00:00.0001Z')).toEqual([second]);
      expect(await times('date_to=2026-03-01T12:00:05Z')).toEqual([first]);
      expect(await times('date_to=2026-03-01T12:00:05.0001Z')).toEqual([first, second]);
      expect(await times('date_from=2026-03-01T13:00:05%2B01:00')).toEqual([second]);
      // A plus that nobody escaped arrives as a blank.
      expect(await times('date_from=2026-03-01T13:00:05+01:00')).toEqual([second]);
      expect(await times('date_from=2026-03-01T12:00:05Z&date_to=2026-03-01T12:00:05Z')).toEqual([]);
      expect(await times('date_from=2030-01-01T00:00:00Z')).toEqual([]);
    });

    it('should refuse a period whose ends are reversed', async () => {
      const path = '/api/v1/metrics?date_from=2026-03-01T12:00:05Z&date_to=2026-03-01T12:00:00Z';
      const { status, body } = await house.get(path);

      expect([status, body.code, body.error]).toEqual([400, 400, 'invalid_request']);
      expect(body.message).toContain('date_from: is later than date_to');
    });

    it('should write what JSON cannot carry as texts, and -0 as it is', async () => {
      const response = await house.fetch('/api/v1/metrics?name=odd');
      const text = await response.text();

      expect(text.match(/"value":[^,]*/g)).toEqual(['"value":"NaN"', '"value":-0']);
    });

    it('should leave out what only says that a series has ended', async () => {
      const { body } = await house.get('/api/v1/metrics?name=go_gc_duration_seconds{quantile="1"}');

      expect(body.map(({ value }: Reading) => value)).toEqual([1, '+Inf']);
    });

    it('should give pages with a limit, and a link to the next while there is one', async () => {
      const all = (await house.get('/api/v1/metrics')).body;
      const pages: Reading[][] = [];
      let next: string | undefined = '/api/v1/metrics?limit=3';
      while (next !== undefined) {
        const { body, headers } = await house.get(next);
        pages.push(body);
        next = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
      }

      expect(pages.flat()).toEqual(all);
      expect(pages.map(({ length }) => length)).toEqual([
        ...Array.from({ length: Math.ceil(all.length / 3) - 1 }, () => 3),
        ((all.length - 1) % 3) + 1,
      ]);
    });

    it('should keep the other parameters in the link', async () => {
      const { headers } = await house.get('/api/v1/metrics?name=up&limit=1&date_from=2026-03-01T12:00:00Z');
      const link = /^<([^>]+)>/.exec(headers.get('link') ?? '')?.[1] ?? '';
      const { body } = await house.get(link);

      expect(new URL(link, house.origin).searchParams.get('name')).toBe('up');
      expect(body).toHaveLength(1);
    });
  });

  describe('/api/v1/checks', () => {
    it('should give the last 7, oldest first, with id, time, domain and status alone', async () => {
      const { body } = await house.get('/api/v1/checks?domain=gometr');

      expect(body).toHaveLength(7);
      expect(body.at(-1)).toEqual({
        id: expect.any(Number),
        timestamp: '2026-03-01T12:00:45.000Z',
        domain: 'gometr',
        status: 'fail',
      });
      const times = body.map(({ timestamp }: Reading) => timestamp);
      expect(times).toEqual(times.toSorted());
    });

    it('should give as many as are asked for', async () => {
      const { body } = await house.get('/api/v1/checks?domain=gometr&num=2');
      expect(body.map(({ timestamp }: Reading) => timestamp)).toEqual([
        '2026-03-01T12:00:40.000Z',
        '2026-03-01T12:00:45.000Z',
      ]);
      expect((await house.get('/api/v1/checks?num=1000')).body).toHaveLength(11);
      expect((await house.get('/api/v1/checks?num=1')).body).toHaveLength(1);
    });

    it('should take all domains together where none is named', async () => {
      const { body } = await house.get('/api/v1/checks?num=3');
      expect(body.map(({ domain }: { domain: string }) => domain)).toEqual(['gometr', 'gometr', 'calendar']);
    });

    it('should read warn as pass, and leave unknown out unless it is asked for', async () => {
      const statuses = async (query: string): Promise<readonly string[]> =>
        (await house.get(`/api/v1/checks?domain=calendar&${query}`)).body.map(
          ({ status }: { status: string }) => status,
        );

      expect(await statuses('')).toEqual(['pass']);
      expect(await statuses('include=unknown')).toEqual(['pass', 'unknown']);
    });

    it('should answer [] where there is nothing', async () => {
      const { status, body } = await house.get('/api/v1/checks?domain=nobody');
      expect([status, body]).toEqual([200, []]);
    });
  });

  describe('/api/v1/targets', () => {
    it('should give the targets, how each stands, what went wrong last, and the last scrape', async () => {
      const { body } = await house.get('/api/v1/targets');

      expect(body).toEqual([
        {
          id: 'calendar',
          domain: 'calendar',
          kind: 'prometheus',
          url: 'http://calendar.example:9100',
          interval_ms: 5000,
          timeout_ms: 3000,
          state: 'unknown',
          reason: null,
          since: null,
          last_check: null,
          last_scrape: null,
          last_error: null,
          checker: 'checker-1',
        },
        expect.objectContaining({
          id: 'gometr',
          state: 'fail',
          reason: 'nobody answers',
          since: '2026-03-01T12:00:05.000Z',
          last_check: { timestamp: '2026-03-01T12:00:05.000Z', duration_ms: 3000 },
          last_scrape: { timestamp: '2026-03-01T12:00:00.000Z', samples: 3, refused: 0 },
          last_error: { timestamp: '2026-03-01T12:00:05.000Z', message: 'nobody answers' },
        }),
      ]);
    });
  });

  describe('/api/v1/series', () => {
    it('should give names, labels and values', async () => {
      const { body } = await house.get('/api/v1/series');

      expect(body.names).toEqual([
        'go_gc_duration_seconds',
        'odd',
        'scrape_duration_seconds',
        'scrape_samples_scraped',
        'up',
      ]);
      expect(body.labels).toEqual([
        { name: 'instance', values: ['gometr.example:9100'] },
        { name: 'job', values: ['gometr'] },
        { name: 'quantile', values: ['0.75', '1'] },
      ]);
      expect(body.series).toHaveLength(6);
      expect(body.is_truncated).toBe(false);
    });

    it('should take every kind of matcher', async () => {
      const names = async (match: string): Promise<readonly string[]> =>
        (await house.get(`/api/v1/series?match=${encodeURIComponent(match)}`)).body.series.map(
          ({ name }: Reading) => name,
        );

      expect(await names('up')).toEqual(['up']);
      expect(await names('{__name__=~"scrape_.*"}')).toEqual([
        'scrape_duration_seconds',
        'scrape_samples_scraped',
      ]);
      expect(await names('go_gc_duration_seconds{quantile!="1"}')).toEqual([
        'go_gc_duration_seconds{quantile="0.75"}',
      ]);
      expect(await names('{quantile!~"0.*",quantile!=""}')).toEqual(['go_gc_duration_seconds{quantile="1"}']);
    });

    it('should cut off lists that are longer than the limit, and say so', async () => {
      const { body } = await house.get('/api/v1/series?limit=1');

      expect([body.names.length, body.labels.length, body.series.length, body.is_truncated]).toEqual([
        1,
        1,
        1,
        true,
      ]);
    });
  });

  it.each([
    '/api/v1/metrics',
    '/api/v1/checks',
    '/api/v1/targets',
    '/api/v1/series',
    '/health',
    '/openapi.json',
  ])('should refuse every method but GET with 405: %s', async (path) => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']) {
      const response = await house.fetch(path, { method });
      expect([method, response.status, response.headers.get('allow')]).toEqual([method, 405, 'GET']);
      if (method === 'HEAD') continue;
      const body = (await response.json()) as object;
      expect(body).toMatchObject({ code: 405, error: 'method_not_allowed' });
    }
  });

  it.each(['/', '/api/v1', '/api/v1/metric', '/api/v1/metrics/', '/api/v1/monitor', '/api/v2/metrics'])(
    'should answer 404 in the shape of every error: %s',
    async (path) => {
      const { status, body } = await house.get(path);
      expect([status, body.code, body.error, body.details]).toEqual([404, 404, 'not_found', []]);
    },
  );

  it('should answer 304 to whoever has the same already', async () => {
    for (const path of ['/api/v1/checks', '/api/v1/targets', '/api/v1/series', '/api/v1/monitor/board']) {
      const first = await house.get(path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[\w-]{22}"$/);
      const again = await house.get(path, { 'if-none-match': `"x", W/${etag}` });
      expect([path, again.status, again.body]).toEqual([path, 304, undefined]);
    }
  });
});

interface Reading {
  readonly id: number;
  readonly timestamp: string;
  readonly name: string;
  readonly value: number | string;
}

async function fill(house: House): Promise<void> {
  const { source, layout } = await openSource(house, 'gometr', [
    { __name__: 'go_gc_duration_seconds', quantile: '0.75' },
    { __name__: 'go_gc_duration_seconds', quantile: '1' },
    { __name__: 'odd' },
  ]);
  const summary = { isUp: true, durationSeconds: 0.012, samples: 3 };
  const scrape = (atMs: number, values: readonly number[]) => ({
    source,
    layout,
    atMs,
    values: Float64Array.from(values),
    summary,
  });
  await house.series.writer.append([
    scrape(START_MS, [0.25, 1, NaN]),
    scrape(START_MS + 5000, [0.5, Infinity, -0]),
    // It ends here: no readings, and no scrape of its own.
    {
      source,
      layout,
      atMs: START_MS + 10_000,
      values: new Float64Array(3),
      states: Uint8Array.of(CELL.stale, CELL.stale, CELL.absent),
    },
  ]);
  await house.checks.append(
    Array.from({ length: 10 }, (_, i) =>
      checked('gometr', START_MS + i * 5000, i === 9 ? 'fail' : i % 2 === 0 ? 'warn' : 'pass'),
    ),
  );
  await house.checks.append([
    checked('calendar', START_MS + 60_000, 'warn'),
    checked('calendar', START_MS + 65_000, 'unknown'),
  ]);
  await watch(house, [describeTarget('gometr'), describeTarget('calendar')]);
  await house.targets.board.report([
    report('gometr', START_MS),
    report('gometr', START_MS + 5000, {
      status: 'fail',
      reason: 'nobody answers',
      durationMs: 3000,
      scrape: { kind: 'failed', reason: 'nobody answers' },
    }),
  ]);
}
