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
