import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTcpProxy } from '../../../tests/_support/tcp-proxy.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry, startExporter, type Exporter } from './_support/exporter.ts';
import { openHouse, type House } from './_support/house.ts';

/** Far less than the interval, and far more than two checkers are apart that have the same target. */
const NEVER_TWICE_MS = 300;

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

describe('checker', () => {
  it('should write what targets expose, what came of the checks, and how each target stands', async () => {
    let jobs = 0;
    await using shop = await startExporter(
      () => `# TYPE jobs_total counter\njobs_total{kind="a"} ${++jobs}\n`,
    );
    await house.configure([
      entry('shop', shop.url, { labels: { env: 'test' }, health_path: '/health' }),
      { name: 'page', domain: 'page', kind: 'http', url: shop.url, interval: '500ms', timeout: '400ms' },
      entry('down', 'http://127.0.0.1:1'),
    ]);
    await using checker = await house.start();

    await waitFor('four scrapes in the database', async () => (await house.results('shop')).length >= 4);
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

    const instance = shop.url.slice('http://'.length);
    const name = `jobs_total{env="test",instance="${instance}",job="shop",kind="a"}`;
    const { values } = (await house.select('jobs_total')).get(name) ?? { values: [] };
    expect(values.length).toBeGreaterThan(2);
    expect([...values]).toEqual([...new Set(values)].sort((a, b) => a - b));
    const up = await house.select('up');
    const lastOf = (job: string): number | undefined =>
      [...up].find(([text]) => text.includes(`job="${job}"`))?.[1].values.at(-1);
    expect([lastOf('shop'), lastOf('page'), lastOf('down')]).toEqual([1, 1, 0]);
    expect((await house.select('request_duration_seconds{code="200"}')).size).toBe(1);
    expect((await house.select('scrape_samples_scraped{job="shop"}')).values().next().value?.values[0]).toBe(
      1,
    );
    expect((await house.results('down')).map(({ status }) => status)).toContain('fail');
    const standings = new Map((await house.standings()).map((target) => [target.id, target]));
    expect(standings.get('shop')).toMatchObject({
      url: `${shop.url}/`,
      kind: 'prometheus',
      intervalMs: 1000,
      lastScrape: { samples: 1, refused: 0 },
    });
    expect(standings.get('down')?.lastError?.message).toContain('127.0.0.1');
  });

  it('should go on where it was when it is started again', async () => {
    await using shop = await startExporter(() => 'a 1\n');
    await house.configure([entry('shop', shop.url)]);
    for (let round = 1; round <= 2; round++) {
      await using checker = await house.start();
      await waitFor('more results', async () => (await house.results()).length >= round * 3);
      expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
    }

    const [series] = [...(await house.select('a')).values()];
    const results = await house.results();
    expect(series?.timestampsMs.length).toBe(results.length);
    expect(new Set(results.map(({ atMs }) => atMs)).size).toBe(results.length);
  });

  it('should follow its configuration when the file changes and on SIGHUP, and refuse one that is wrong', async () => {
    await using shop = await startExporter(() => 'a 1\n');
    const file = await house.configure([entry('stays', shop.url), entry('goes', shop.url)]);
    await using checker = await house.start();
    await waitFor('both targets', async () => (await house.results('goes')).length > 0);

    await house.configure([
      entry('stays', shop.url),
      entry('comes', `${shop.url}/?x`, { metrics_path: '/metrics' }),
    ]);
    await waitFor('the new target', async () => (await house.results('comes')).length > 0);
    expect((await house.standings()).map(({ id }) => id)).toEqual(['comes', 'stays']);
    const ended = [...(await house.select('a{job="goes"}')).values()][0];
    await waitFor('the mark of the end', async () => {
      const states = [...(await house.select('a{job="goes"}')).values()][0]?.states;
      return states?.at(-1) === 1;
    });
    expect(ended?.values.length).toBeGreaterThan(0);

    await writeFile(file, '{"targets": [{"name": "stays"}]}');
    await waitFor('the refusal', () => checker.stdout().includes('the last good one stays'));
    expect(checker.stdout()).toContain('targets[0] (stays).url: is missing');
    expect(await checker.metric('monitor_configuration_good')).toBe(0);

    const before = (await house.results('stays')).length;
    checker.child.kill('SIGHUP');
    await waitFor('checks that go on', async () => (await house.results('stays')).length > before + 2);
    await house.configure([entry('stays', shop.url)]);
    checker.child.kill('SIGHUP');
    await waitFor('the good one', async () => (await checker.metric('monitor_configuration_good')) === 1);

    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('should wait for a database that is late, and be alive and not ready meanwhile', async () => {
    await using shop = await startExporter(() => 'a 1\n');
    await house.configure([entry('shop', shop.url)]);
    const { hostname, port } = new URL(house.dsn);
    await using cable = await startTcpProxy({ host: hostname, port: Number(port) });
    cable.cut();
    const dsn = house.dsn.replace(`:${port}`, `:${cable.port}`);
    await using checker = await house.start({ dsn, waitsForReady: false });

    await waitFor('attempts to connect', () => cable.attempts() > 2);
    expect((await fetch(`${checker.origin}/health/live`)).status).toBe(200);
    expect(await checker.isReady()).toBe(false);
    expect(shop.scrapes).toEqual([]);
    cable.restore();

    await waitFor('the first result', async () => (await house.results()).length > 0);
    // What was found out about the database is told again for a second.
    await waitFor('the checker to be ready', () => checker.isReady());
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it.each(['cut', 'stall'] as const)(
    'should keep every check while the database is away, and write them in order when it is back: %s',
    async (how) => {
      let jobs = 0;
      await using shop = await startExporter(() => `jobs_total ${++jobs}\n`);
      await house.configure([entry('shop', shop.url)]);
      const { hostname, port } = new URL(house.dsn);
      await using cable = await startTcpProxy({ host: hostname, port: Number(port) });
      await using checker = await house.start({ dsn: house.dsn.replace(`:${port}`, `:${cable.port}`) });
      await waitFor('the first results', async () => (await house.results()).length >= 2);

      cable[how]();
      const scraped = shop.scrapes.length;
      await waitFor('results on the disk', async () => (await checker.metric('monitor_spool_results')) >= 6);
      expect(shop.scrapes.length).toBeGreaterThan(scraped + 4);
      cable.restore();
      await waitFor('an empty spool', async () => (await checker.metric('monitor_spool_results')) === 0);
      await waitFor('direct writing', async () => (await house.results()).length >= shop.scrapes.length - 1);
      expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

      const [series] = [...(await house.select('jobs_total')).values()];
      const values = [...(series?.values ?? [])];
      expect(values).toEqual(Array.from(values, (_, i) => i + 1));
      expect(values.length).toBeGreaterThanOrEqual(jobs - 1);
      expect((await house.results()).every(({ status }) => status === 'pass')).toBe(true);
    },
  );

  it('should call a check unknown, never failed, that does not pass while the database is away', async () => {
    let isWell = true;
    await using shop = await startExporter(
      () => 'a 1\n',
      (_, response) => {
        if (!isWell) response.writeHead(500).end();
        return !isWell;
      },
    );
    await house.configure([entry('shop', shop.url)]);
    const { hostname, port } = new URL(house.dsn);
    await using cable = await startTcpProxy({ host: hostname, port: Number(port) });
    await using checker = await house.start({ dsn: house.dsn.replace(`:${port}`, `:${cable.port}`) });
    await waitFor('the first result', async () => (await house.results()).length > 0);

    cable.cut();
    await waitFor('results on the disk', async () => (await checker.metric('monitor_spool_results')) > 0);
    isWell = false;
    await waitFor(
      'doubt',
      async () =>
        (await checker.metric('monitor_checks_total')) > 0 && checker.stdout().includes('shop: unknown'),
    );
    isWell = true;
    await waitFor('trust', () => checker.stdout().split('target shop passes').length > 2);
    cable.restore();
    await waitFor('an empty spool', async () => (await checker.metric('monitor_spool_results')) === 0);

    const statuses = new Set((await house.results()).map(({ status }) => status));
    expect(statuses).toEqual(new Set(['pass', 'unknown']));
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('should share targets with other checkers, and take over what one had that was killed', async () => {
    await using exporters = new AsyncDisposableStack();
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const targets: { readonly name: string; readonly exporter: Exporter }[] = [];
    for (const name of names) {
      const exporter = exporters.use(await startExporter(() => 'a 1\n'));
      targets.push({ name, exporter });
    }
    await house.configure(
      targets.map(({ name, exporter }) => entry(name, exporter.url, { interval: '2s', timeout: '1s' })),
    );
    await using one = await house.start({ name: 'one' });
    await using two = await house.start({ name: 'two' });
    await using three = await house.start({ name: 'three' });
    const holders = async (): Promise<readonly (string | undefined)[]> =>
      (await house.standings()).map(({ checker }) => checker);
    const isShared = async (by: readonly string[]): Promise<boolean> => {
      const found = await holders();
      return by.every(
        (name) => found.filter((holder) => holder === name).length === names.length / by.length,
      );
    };

    await waitFor('two targets each', () => isShared(['one', 'two', 'three']));
    const sharedMs = Date.now();
    await waitFor('some rounds', () =>
      targets.every(({ exporter }) => exporter.scrapes.filter((ms) => ms > sharedMs).length >= 3),
    );
    // Each by one: two would ask at the same time, since a target's turn does not depend on who has it.
    for (const { exporter } of targets)
      expect(gapsSince(exporter.scrapes, sharedMs).every((gap) => gap > NEVER_TWICE_MS)).toBe(true);

    const killedMs = Date.now();
    await two.stop('SIGKILL');
    await waitFor('three targets each', () => isShared(['one', 'three']));
    await waitFor('scrapes of all', () =>
      targets.every(({ exporter }) => exporter.scrapes.filter((ms) => ms > killedMs).length >= 3),
    );
    for (const { exporter } of targets) {
      expect(Math.min(...gapsSince(exporter.scrapes, sharedMs))).toBeGreaterThan(NEVER_TWICE_MS);
    }
    expect(await one.stop()).toMatchObject({ code: 0, stderr: '' });
    await waitFor('all at the last', async () => (await holders()).every((holder) => holder === 'three'));
    expect(await three.stop()).toMatchObject({ code: 0, stderr: '' });
  });

  it('should refuse a spool that another checker uses', async () => {
    await house.configure([]);
    await using one = await house.start();
    const spool = join(house.folder, 'spool-one');

    await expect(house.start({ name: 'two', env: { DAYWATCH_SPOOL_FOLDER: spool } })).rejects.toThrow(
      `another process uses the folder ${spool}`,
    );
    expect(await one.stop()).toMatchObject({ code: 0 });
  });
});

function gapsSince(times: readonly number[], fromMs: number): readonly number[] {
  const later = times.filter((ms) => ms > fromMs);
  return later.slice(1).map((ms, i) => ms - (later[i] ?? ms));
}
