import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { entry, startExporter } from './_support/exporter.ts';
import { openHouse, type House } from './_support/house.ts';

let house: House;
let db: Postgres;
beforeEach(async () => {
  house = await openHouse();
  db = openPostgres({ dsn: house.dsn, applicationName: 'used-up ids test', maxConnections: 1 });
});
afterEach(async () => {
  await db.close();
  await house[Symbol.asyncDispose]();
});

describe('a checker whose database has no ids left', () => {
  it.each([
    ['monitor.run', 2 ** 20 - 1, 0, 'all 8589934592 scrape numbers are given out'],
    ['monitor.series_id_seq', 2 ** 31 - 1, 1, 'reached maximum value of sequence'],
  ])(
    'should keep what it reads, say why, and lose nothing of it: %s',
    async (sequence, end, start, reason) => {
      const set = (value: number, isUsed: boolean) =>
        db.query(
          { name: `test.set-${isUsed}`, text: 'SELECT setval($1::regclass, $2::bigint, $3::boolean)' },
          [sequence, value, isUsed],
        );
      let jobs = 0;
      await using shop = await startExporter(() => `jobs_total ${++jobs}\n`);
      await house.configure([entry('shop', shop.url)]);
      await set(end, true);
      await using checker = await house.start();

      await waitFor(
        'readings on the disk, and the reason',
        async () => checker.stdout().includes(reason) && (await checker.metric('monitor_spool_results')) >= 2,
      );
      await set(start, false);
      await waitFor('an empty spool', async () => (await checker.metric('monitor_spool_results')) === 0);
      expect(await checker.metric('monitor_results_dropped_total')).toBe(0);
      expect(await checker.stop()).toMatchObject({ code: 0, stderr: '' });

      const [series] = [...(await house.select('jobs_total')).values()];
      const values = [...(series?.values ?? [])];
      expect(values.length).toBeGreaterThanOrEqual(2);
      expect(values).toEqual(Array.from(values, (_, i) => i + 1));
    },
  );
});
