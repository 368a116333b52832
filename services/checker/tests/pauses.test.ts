import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pausePostgres } from '../../../tests/_support/pause-postgres.ts';
import {
  startTestServer,
  TEMPLATE_DATABASE,
  type TestServer,
} from '../../../tests/_support/postgres-servers.ts';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry, startExporter } from './_support/exporter.ts';
import { openHouse, type House } from './_support/house.ts';

const DATABASE_PAUSE_MS = 60_000;
const CHECKER_PAUSE_MS = 10_000;
/** So that a machine that is busy lets no lease of a checker run out. */
const SLOWER = { interval: '4s', timeout: '4s' };

let house: House;
beforeEach(async () => {
  house = await openHouse();
});
afterEach(() => house[Symbol.asyncDispose]());

describe('a PostgreSQL that stands still for a minute', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startTestServer('postgres18');
  });
  afterEach(() => server.stop());

  it('should cost no check and no sample, and be written of once it goes on', async () => {
    let jobs = 0;
    await using shop = await startExporter(() => `jobs_total ${++jobs}\n`);
    await using paused = await openHouse({ dsn: server.dsn(TEMPLATE_DATABASE) });
    await paused.configure([entry('shop', shop.url)]);
    await using checker = await paused.start();
    await waitFor('the first results', async () => (await paused.results()).length >= 2);

    const goOn = await pausePostgres(paused.dsn);
    try {
      // This time is what is tested.
      await setTimeout(DATABASE_PAUSE_MS);
      expect(await checker.metric('monitor_spool_results')).toBeGreaterThan(50);
    } finally {
      goOn();
    }
    await waitFor('an empty spool', async () => (await checker.metric('monitor_spool_results')) === 0);
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

    const [series] = [...(await paused.select('jobs_total')).values()];
    const values = [...(series?.values ?? [])];
    expect(values).toEqual(Array.from(values, (_, i) => i + 1));
    // The last one may have been on its way when it was stopped.
    expect(values.length).toBeGreaterThanOrEqual(jobs - 1);
    const results = await paused.results();
    expect(results.length).toBe(values.length);
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set(['pass']));
  });

  it('should cost none of several checkers a target or a sample', async () => {
    const names = ['apples', 'bread', 'cheese', 'dates'];
    await using stack = new AsyncDisposableStack();
    const shops = await Promise.all(
      names.map(async (name) => {
        let jobs = 0;
        const exporter = stack.use(await startExporter(() => `jobs_total ${++jobs}\n`));
        return { name, url: exporter.url, jobs: () => jobs };
      }),
    );
    const paused = stack.use(await openHouse({ dsn: server.dsn(TEMPLATE_DATABASE) }));
    await paused.configure(shops.map(({ name, url }) => entry(name, url, SLOWER)));
    const checkers = [
      stack.use(await paused.start({ name: 'one' })),
      stack.use(await paused.start({ name: 'two' })),
    ];
    const holders = async (): Promise<readonly (string | undefined)[]> =>
      (await paused.standings()).map(({ checker }) => checker);
    await waitFor(
      'an even share',
      async () => (await holders()).filter((name) => name === 'two').length === names.length / 2,
    );
    const before = await holders();

    const goOn = await pausePostgres(paused.dsn);
    try {
      // Three checks of each of its targets: all leases have run out then.
      for (const checker of checkers)
        await waitFor('a spool', async () => (await checker.metric('monitor_spool_results')) >= 6);
    } finally {
      goOn();
    }
    for (const checker of checkers)
      await waitFor('an empty spool', async () => (await checker.metric('monitor_spool_results')) === 0);

    await waitFor('leases', async () => !(await holders()).includes(undefined));
    expect(await holders()).toEqual(before);
    for (const checker of checkers) {
      expect(await checker.metric('monitor_scrapes_out_of_order_total')).toBe(0);
      const { stdout, ...end } = await checker.stop();
      expect(end).toMatchObject({ code: 0, stderr: '' });
      expect(stdout).not.toContain('another checker has the target now');
    }
    const stored = await paused.select('jobs_total');
    for (const { name, jobs } of shops) {
      const values = [...stored].flatMap(([text, series]) =>
        text.includes(`job="${name}"`) ? [...series.values] : [],
      );
      expect(values).toEqual(Array.from(values, (_, i) => i + 1));
      // The last one may have been on its way when its checker was stopped.
      expect(values.length).toBeGreaterThanOrEqual(jobs() - 1);
    }
  });
});

/** A check of kind http makes its metrics itself, whatever came of it. */
const KINDS = [
  ['exporter', {}],
  ['page', { kind: 'http', health_path: undefined }],
] as const;

it.each(KINDS)(
  'should call no %s failed where the checker itself stood still for ten seconds in the middle of a check',
  async (_, options) => {
    let pauses = false;
    let answer: (() => void) | undefined;
    await using shop = await startExporter(
      () => 'a 1\n',
      (_, response) => {
        if (!pauses) return false;
        pauses = false;
        checker.child.kill('SIGSTOP');
        answer = () => void response.end('a 1\n');
        return true;
      },
    );
    await house.configure([entry('shop', shop.url, { timeout: '500ms', ...options })]);
    await using checker = await house.start();
    await waitFor('the first results', async () => (await house.results()).length >= 2);

    pauses = true;
    await waitFor('a check in the middle of it', () => answer !== undefined);
    const before = (await house.results()).length;
    await setTimeout(CHECKER_PAUSE_MS);
    checker.child.kill('SIGCONT');
    // By its clock the time is over long since, and nobody can tell whether the target would have been in time.
    await waitFor('checks that go on', async () => (await house.results()).length >= before + 4);
    answer?.();
    expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

    const statuses = (await house.results()).map(({ status }) => status);
    expect(statuses).not.toContain('fail');
    expect(statuses).toContain('unknown');
    for (const { values } of (await house.select('up')).values())
      expect(new Set(values)).toEqual(new Set([1]));
  },
);
