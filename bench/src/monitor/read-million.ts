/** Reads a million readings in the order of time from the database that its argument names, and prints by how much it grew, as JSON. */
import { createMonitorManager, type MonitorStores } from '@daywatch/monitor';
import { createPostgresCheckResults, createPostgresTargets } from '@daywatch/monitor/postgres';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres } from '@daywatch/service-kit/postgres';

const MILLION = 1_000_000;
const WARM_UP = 100_000;

await using postgres = openPostgres({
  dsn: process.argv[2] ?? '',
  applicationName: 'bench',
  statementTimeoutMs: 600_000,
});
const stores: MonitorStores = {
  series: createPostgresSeries(postgres).reader,
  checks: createPostgresCheckResults(postgres),
  targets: createPostgresTargets(postgres).board,
};
const manager = createMonitorManager(stores);
let peak = 0;
// Connected, and with its code loaded and compiled, before it is weighed.
await read(WARM_UP);
const before = process.memoryUsage.rss();
peak = before;
const start = performance.now();
await read(MILLION);
console.log(JSON.stringify({ growthBytes: peak - before, seconds: (performance.now() - start) / 1000 }));

/** As an answer of restapi is made, but for its text. */
async function read(limit: number): Promise<void> {
  let readings = 0;
  const all = { matchers: [], startMs: -Infinity, endMs: Infinity, limit };
  for await (const { count } of manager.listReadings(all)) {
    readings += count;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  if (readings !== limit) throw new Error(`there are ${readings} readings, not ${limit}`);
}
