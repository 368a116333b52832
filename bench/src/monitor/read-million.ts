/** Reads a million samples from the database that its argument names, and prints by how much it grew, as JSON. */
import { createPostgresSeries } from '@daywatch/series/postgres';
import { openPostgres } from '@daywatch/service-kit/postgres';
import { START_MS } from './load-series.ts';

const MILLION = 1_000_000;
const HOUR_MS = 3_600_000;

await using postgres = openPostgres({
  dsn: process.argv[2] ?? '',
  applicationName: 'bench',
  statementTimeoutMs: 600_000,
});
const { reader } = createPostgresSeries(postgres);
let peak = 0;
// Connected, and with its code loaded, before it is weighed.
await readHour(START_MS, START_MS + 1);
const before = process.memoryUsage.rss();
const start = performance.now();
peak = before;
let samples = 0;
// All series, an hour at a time, as an answer in the order of time is made.
for (let startMs = START_MS; samples < MILLION; startMs += HOUR_MS) {
  samples += await readHour(startMs, startMs + HOUR_MS);
}
console.log(JSON.stringify({ growthBytes: peak - before, seconds: (performance.now() - start) / 1000 }));

async function readHour(startMs: number, endMs: number): Promise<number> {
  let count = 0;
  for await (const { values } of reader.select({ matchers: [], startMs, endMs })) {
    count += values.length;
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  return count;
}
