import { beforeEach, describe, expect, it } from 'vitest';

import {
  CELL,
  InvalidLabelsError,
  InvalidScrapeError,
  makeLabels,
  MAX_LABEL_VALUE_BYTES,
  NO_LABELS,
  parseSelector,
  type LayoutId,
  type SeriesStores,
  type SourceId,
} from '../src/index.ts';
import { openTarget, readAll, readIds, scrape, series, START_MS, target, walkAll } from './fixtures.ts';

/** What every implementation of the ports of series promises. `makeStores` answers empty ones. */
export function describeSeriesStores(name: string, makeStores: () => Promise<SeriesStores>): void {
  let stores: SeriesStores;
  beforeEach(async () => {
    stores = await makeStores();
  });

  describe(`${name}: writing`, () => {
    it('should give back what was appended, double for double', async () => {
      const columns = ['a', 'b', 'c', 'd', 'e', 'f'].map((metric) => series(metric));
      const { source, layout } = await openTarget(stores, target('one'), columns);
      const values = [0.1, -0, NaN, Infinity, -Infinity, 5e-324];

      const outcomes = await stores.writer.append([scrape(source, layout, START_MS, values)]);

      expect(outcomes).toEqual(['stored']);
      expect(await readAll(stores)).toEqual({
        'a{instance="one",job="node"}': [[START_MS, 0.1]],
        'b{instance="one",job="node"}': [[START_MS, '-0']],
        'c{instance="one",job="node"}': [[START_MS, 'NaN']],
        'd{instance="one",job="node"}': [[START_MS, 'Infinity']],
        'e{instance="one",job="node"}': [[START_MS, '-Infinity']],
        'f{instance="one",job="node"}': [[START_MS, 5e-324]],
      });
    });

    it('should keep what is stale apart from what is absent and from NaN', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a'), series('b')]);
      const states = (...cells: readonly number[]) => ({ states: Uint8Array.from(cells) });
      await stores.writer.append([
        scrape(source, layout, START_MS, [1, NaN]),
        scrape(source, layout, START_MS + 1, [7, NaN], states(CELL.stale, CELL.value)),
        scrape(source, layout, START_MS + 2, [7, 3], states(CELL.absent, CELL.stale)),
      ]);

      expect(await readAll(stores)).toEqual({
        'a{instance="one",job="node"}': [
          [START_MS, 1],
          [START_MS + 1, 'stale'],
        ],
        'b{instance="one",job="node"}': [
          [START_MS, 'NaN'],
          [START_MS + 1, 'NaN'],
          [START_MS + 2, 'stale'],
        ],
      });
    });

    it('should read the summary of a scrape back as series of its source', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
      const summary = { isUp: true, durationSeconds: 0.125, samples: 1 };
      const failed = { isUp: false, durationSeconds: 3, samples: 0 };
      await stores.writer.append([
        scrape(source, layout, START_MS, [1], { summary }),
        scrape(source, layout, START_MS + 1, [NaN], { summary: failed, states: Uint8Array.of(CELL.stale) }),
      ]);

      expect(await readAll(stores, '{__name__=~"up|scrape_.*"}')).toEqual({
        'up{instance="one",job="node"}': [
          [START_MS, 1],
          [START_MS + 1, 0],
        ],
        'scrape_duration_seconds{instance="one",job="node"}': [
          [START_MS, 0.125],
          [START_MS + 1, 3],
        ],
        'scrape_samples_scraped{instance="one",job="node"}': [
          [START_MS, 1],
          [START_MS + 1, 0],
        ],
      });
    });

    it('should store a scrape once, however often it is appended', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
      const scrapes = [1, 2, 3].map((value, i) => scrape(source, layout, START_MS + i, [value]));

      expect(await stores.writer.append(scrapes)).toEqual(['stored', 'stored', 'stored']);
      expect(await stores.writer.append(scrapes)).toEqual(['duplicate', 'duplicate', 'duplicate']);

      const a = (await readAll(stores))['a{instance="one",job="node"}'];
      expect(a).toEqual([
        [START_MS, 1],
        [START_MS + 1, 2],
        [START_MS + 2, 3],
      ]);
    });

    it('should refuse a scrape that is older than the last of its source, and take the others', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
      const other = await openTarget(stores, target('two'), [series('a')]);
      await stores.writer.append([scrape(source, layout, START_MS, [1])]);

      const outcomes = await stores.writer.append([
        scrape(source, layout, START_MS - 5, [0]),
        scrape(other.source, other.layout, START_MS - 5, [5]),
        scrape(source, layout, START_MS + 5, [2]),
      ]);

      expect(outcomes).toEqual(['out-of-order', 'stored', 'stored']);
      expect(await readAll(stores, 'a{instance="two"}')).toEqual({
        'a{instance="two",job="node"}': [[START_MS - 5, 5]],
      });
    });

    it('should take late samples through a source of their own, and read them as one series', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a'), series('b')]);
      const late = await stores.writer.openSource('late', target('one'));
      await stores.writer.append([
        scrape(source, layout, START_MS, [1, 1]),
        scrape(source, layout, START_MS + 10, [3, 3]),
      ]);
      const one = await stores.writer.registerLayout([series('a')]);
      await stores.writer.append([
        scrape(late, one, START_MS + 5, [2]),
        scrape(late, one, START_MS + 10, [99]),
      ]);

      expect(await readAll(stores, 'a')).toEqual({
        'a{instance="one",job="node"}': [
          [START_MS, 1],
          [START_MS + 5, 2],
          [START_MS + 10, expect.toBeOneOf([3, 99])],
        ],
      });
    });

    it('should give equal layouts and sources one id, and others another', async () => {
      const { writer } = stores;
      const layouts = await Promise.all(
        [[series('a'), series('b')], [series('a'), series('b')], [series('b'), series('a')], []].map(
          (columns) => writer.registerLayout(columns),
        ),
      );
      const sources = await Promise.all([
        writer.openSource('x', target('one')),
        writer.openSource('x', target('one')),
        writer.openSource('y', target('one')),
        writer.openSource('x', target('two')),
      ]);

      expect(layouts[0]).toBe(layouts[1]);
      expect(new Set(layouts).size).toBe(3);
      expect(sources[0]).toBe(sources[1]);
      expect(new Set(sources).size).toBe(3);
    });

    it('should change nothing when one scrape of many is refused', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
      const good = scrape(source, layout, START_MS, [1]);
      const bad = [
        scrape(source, layout, START_MS + 1, [1, 2]),
        scrape(source, layout, START_MS + 1, [1], { states: Uint8Array.of(3) }),
        scrape(source, layout, START_MS + 0.5, [1]),
        scrape(source, layout, NaN, [1]),
        scrape(source, 987_654 as LayoutId, START_MS, [1]),
        scrape(987_654 as SourceId, layout, START_MS, [1]),
        scrape(source, layout, START_MS + 1, [1], {
          summary: { isUp: true, durationSeconds: 1, samples: -1 },
        }),
      ];

      for (const each of bad) {
        await expect(stores.writer.append([good, each])).rejects.toBeInstanceOf(InvalidScrapeError);
      }

      expect(await readAll(stores)).toEqual({});
    });

    it('should refuse layouts and labels that cannot be stored, and say why', async () => {
      const { writer } = stores;
      await expect(writer.registerLayout([series('a'), series('a')])).rejects.toThrow(
        'has the series a twice',
      );
      await expect(writer.registerLayout([makeLabels({ x: 'y' })])).rejects.toThrow('no name of a metric');
      const long = series('a', { x: 'ä'.repeat(MAX_LABEL_VALUE_BYTES / 2 + 1) });
      await expect(writer.registerLayout([long])).rejects.toThrow(
        "the value of the label 'x' has 2002 bytes: at most 2000",
      );
      await expect(writer.openSource('x', makeLabels({ a: 'b\0' }))).rejects.toBeInstanceOf(
        InvalidLabelsError,
      );
    });

    it('should keep the longest labels, and those of any script', async () => {
      const columns = [
        series('a', { x: 'ä'.repeat(MAX_LABEL_VALUE_BYTES / 2) }),
        series('größe in µs', { 'ein Label': '"\\\n\t{}', emoji: '🦊' }),
      ];
      const { source, layout } = await openTarget(stores, NO_LABELS, columns);
      await stores.writer.append([scrape(source, layout, START_MS, [1, 2])]);

      const found = await stores.reader.findSeries([], 10);

      expect(found.map(({ labels }) => labels)).toEqual(expect.arrayContaining(columns));
    });

    it('should take any time that a date can have', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
      const times = [-8.64e15, -1, 0, 1, Date.UTC(2020, 0, 1), START_MS, Date.UTC(9999, 11, 31)];
      await stores.writer.append(times.map((at, i) => scrape(source, layout, at, [i])));

      expect((await readAll(stores))['a{instance="one",job="node"}']?.map(([at]) => at)).toEqual(times);
    });
  });

  describe(`${name}: reading`, () => {
    it('should include the start and exclude the end', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a')]);
      await stores.writer.append([0, 10, 20, 30].map((at) => scrape(source, layout, START_MS + at, [at])));

      expect(await readAll(stores, 'a', START_MS + 10, START_MS + 30)).toEqual({
        'a{instance="one",job="node"}': [
          [START_MS + 10, 10],
          [START_MS + 20, 20],
        ],
      });
      expect(await readAll(stores, 'a', START_MS + 11, START_MS + 20)).toEqual({});
    });

    it('should give the same period by period, whoever reads the same at other times', async () => {
      const one = await openTarget(stores, target('one'), [series('a'), series('b'), series('c')]);
      const two = await openTarget(stores, target('two'), [series('a')]);
      const scrapes = Array.from({ length: 300 }, (_, n) =>
        scrape(one.source, one.layout, START_MS + n * 10, [n * n, 7, n % 3], {
          states: Uint8Array.of(
            CELL.value,
            n < 200 ? CELL.value : CELL.absent,
            n % 40 === 9 ? CELL.stale : 0,
          ),
        }),
      );
      await stores.writer.append(scrapes);
      await stores.writer.append(
        [0, 995, 2000].map((at) => scrape(two.source, two.layout, START_MS + at, [at])),
      );
      await stores.upkeep.seal(START_MS + 100 * 86_400_000);
      const whole = await readAll(stores);

      const period = { startMs: START_MS - 50, endMs: START_MS + 3050 };
      const walks = [70, 30, 130, 1000].map((stepMs) => walkAll(stores, { ...period, stepMs }));

      for (const walk of await Promise.all(walks)) expect(walk).toEqual(whole);
      expect(await walkAll(stores, { ...period, stepMs: 1 + 9 })).toEqual(whole);
    });

    it('should see series and sources that came since it was asked the same before', async () => {
      const one = await openTarget(stores, target('one'), [series('a')]);
      await stores.writer.append([scrape(one.source, one.layout, START_MS, [1])]);
      const ask = async (): Promise<readonly string[]> =>
        Object.keys(await readAll(stores, '{job="node"}')).sort();
      expect(await ask()).toEqual(['a{instance="one",job="node"}']);

      const layout = await stores.writer.registerLayout([series('a'), series('b')]);
      await stores.writer.append([scrape(one.source, layout, START_MS + 1, [1, 2])]);
      expect(await ask()).toEqual(['a{instance="one",job="node"}', 'b{instance="one",job="node"}']);

      const two = await openTarget(stores, target('two'), [series('a')]);
      await stores.writer.append([scrape(two.source, two.layout, START_MS, [1])]);
      expect(await ask()).toHaveLength(3);
      expect(await stores.reader.findSeries(parseSelector('a'), 9)).toHaveLength(2);
    });

    it('should know between which times samples lie', async () => {
      const one = await openTarget(stores, target('one'), [series('a')]);
      const two = await openTarget(stores, target('two'), [series('b')]);
      await stores.writer.append([
        ...[0, 10, 20].map((at) => scrape(one.source, one.layout, START_MS + at, [at])),
        scrape(two.source, two.layout, START_MS + 500, [1]),
      ]);

      const all = await stores.reader.bounds([]);
      const a = await stores.reader.bounds(parseSelector('a'));

      expect(all?.startMs).toBeLessThanOrEqual(START_MS);
      expect(all?.endMs).toBeGreaterThan(START_MS + 500);
      expect(a?.startMs).toBeLessThanOrEqual(START_MS);
      expect(a?.endMs).toBeGreaterThan(START_MS + 20);
      expect(a?.endMs).toBeLessThanOrEqual(START_MS + 500);
      expect([all?.series, a?.series]).toEqual([2, 1]);
      expect(await stores.reader.bounds(parseSelector('nobody'))).toBeUndefined();
    });

    it('should match labels of series and of sources, a label that is missing counting as empty', async () => {
      const columns = [
        series('http_total', { code: '200', method: 'get' }),
        series('http_total', { code: '404' }),
        series('load', { job: 'exposed' }),
        series('load', { job: '', core: '0' }),
      ];
      const one = await openTarget(stores, target('one'), columns);
      const two = await openTarget(stores, target('two', 'other'), columns.slice(0, 1));
      const bare = await openTarget(stores, NO_LABELS, [series('load')]);
      await stores.writer.append([
        scrape(one.source, one.layout, START_MS, [1, 2, 3, 4]),
        scrape(two.source, two.layout, START_MS, [5]),
        scrape(bare.source, bare.layout, START_MS, [6]),
      ]);
      const values = async (selector: string): Promise<readonly number[]> =>
        Object.values(await readAll(stores, selector))
          .map(([sample]) => Number(sample?.[1]))
          .sort((a, b) => a - b);

      expect(await values('{}')).toEqual([1, 2, 3, 4, 5, 6]);
      expect(await values('http_total')).toEqual([1, 2, 5]);
      expect(await values('http_total{code="200"}')).toEqual([1, 5]);
      expect(await values('http_total{code="200",instance="two"}')).toEqual([5]);
      expect(await values('{job="node"}')).toEqual([1, 2]);
      expect(await values('{job="exposed"}')).toEqual([3]);
      expect(await values('{job!="node"}')).toEqual([3, 4, 5, 6]);
      expect(await values('{job=""}')).toEqual([4, 6]);
      expect(await values('{job!=""}')).toEqual([1, 2, 3, 5]);
      expect(await values('{method=""}')).toEqual([2, 3, 4, 6]);
      expect(await values('{method!~"g.*"}')).toEqual([2, 3, 4, 6]);
      expect(await values('{code=~"2..|4.4"}')).toEqual([1, 2, 5]);
      expect(await values('{code=~"0"}')).toEqual([]);
      expect(await values('{code=~"20"}')).toEqual([]);
      expect(await values('{code=~"|200"}')).toEqual([1, 3, 4, 5, 6]);
      expect(await values('{instance=~"t.*"}')).toEqual([5]);
      expect(await values('{instance!~"t.*",__name__=~".+_total"}')).toEqual([1, 2]);
      expect(await values('{nowhere="x"}')).toEqual([]);
      expect(await values('{nowhere!="x",core="0"}')).toEqual([4]);
    });

    it('should list series, label names and values for completion', async () => {
      const one = await openTarget(stores, target('one'), [series('b', { x: '1' }), series('a')]);
      const two = await openTarget(stores, target('two'), [series('a', { y: '2' })]);
      const summary = { isUp: true, durationSeconds: 1, samples: 2 };
      await stores.writer.append([
        scrape(one.source, one.layout, START_MS, [1, 2]),
        scrape(two.source, two.layout, START_MS, [1], { summary }),
      ]);
      const { reader } = stores;

      const found = await reader.findSeries(parseSelector('{instance="one"}'), 10);
      expect(found).toEqual([
        { labels: series('a', { instance: 'one', job: 'node' }), own: series('a'), source: target('one') },
        {
          labels: series('b', { instance: 'one', job: 'node', x: '1' }),
          own: series('b', { x: '1' }),
          source: target('one'),
        },
      ]);
      expect(await reader.findSeries([], 1)).toHaveLength(1);
      expect(await reader.labelNames([], 100)).toEqual(['__name__', 'instance', 'job', 'x', 'y']);
      expect(await reader.labelNames(parseSelector('b'), 100)).toEqual(['__name__', 'instance', 'job', 'x']);
      expect(await reader.labelValues('__name__', [], 100)).toEqual([
        'a',
        'b',
        'scrape_duration_seconds',
        'scrape_samples_scraped',
        'up',
      ]);
      expect(await reader.labelValues('instance', parseSelector('a{y=""}'), 100)).toEqual(['one']);
      expect(await reader.labelValues('instance', [], 1)).toEqual(['one']);
    });

    it('should give each reading an id of its own, which stays', async () => {
      const one = await openTarget(stores, target('one'), [series('a'), series('b')]);
      const two = await openTarget(stores, target('two'), [series('a')]);
      const summary = { isUp: true, durationSeconds: 1, samples: 2 };
      await stores.writer.append([
        scrape(one.source, one.layout, START_MS, [1, 2], { summary }),
        scrape(two.source, two.layout, START_MS, [1], { summary }),
      ]);
      const before = await readIds(stores);
      await stores.writer.append([scrape(one.source, one.layout, START_MS + 1, [1, 2], { summary })]);

      const after = await readIds(stores);

      expect(new Set(after.values()).size).toBe(5 + 4 + 5);
      for (const id of after.values()) expect(Number.isSafeInteger(id) && id >= 1).toBe(true);
      for (const [reading, id] of before) expect(after.get(reading)).toBe(id);
    });

    it('should stop when its signal fires', async () => {
      const { source, layout } = await openTarget(stores, target('one'), [series('a'), series('b')]);
      await stores.writer.append([scrape(source, layout, START_MS, [1, 2])]);
      const controller = new AbortController();
      const query = { matchers: [], startMs: -Infinity, endMs: Infinity };

      let seen = 0;
      const reading = (async () => {
        for await (const _ of stores.reader.select(query, controller.signal)) {
          seen += 1;
          controller.abort(new Error('enough'));
        }
      })();

      await expect(reading).rejects.toThrow('enough');
      expect(seen).toBe(1);
      const aborted = AbortSignal.abort(new Error('too late'));
      await expect(
        stores.writer.append([scrape(source, layout, START_MS + 1, [1, 2])], aborted),
      ).rejects.toThrow('too late');
    });
  });
}
