import { parseSelector, type SeriesReader } from '@daywatch/series';
import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import { START_MS, STEP_MS, TARGETS } from './load-series.ts';

const DAY_MS = 86_400_000;
const ROUNDS = 60;
const MILLION = 1_000_000;
const MIB = 2 ** 20;

export async function benchReading(reader: SeriesReader): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const matchers = parseSelector(`go_memstats_alloc_bytes{instance="host-${round % TARGETS}:9100"}`);
    const start = performance.now();
    const samples = await count(reader, { matchers, startMs: START_MS, endMs: START_MS + DAY_MS });
    times.push(performance.now() - start);
    if (samples !== DAY_MS / STEP_MS) throw new Error(`a day has ${samples} samples`);
  }
  const before = process.memoryUsage.rss();
  let peak = before;
  const start = performance.now();
  let samples = 0;
  // All series, an hour at a time, as an answer in the order of time is made.
  for (let startMs = START_MS; samples < MILLION; startMs += 3_600_000) {
    samples += await count(reader, { matchers: [], startMs, endMs: startMs + 3_600_000 });
    peak = Math.max(peak, process.memoryUsage.rss());
  }
  const seconds = (performance.now() - start) / 1000;
  return [
    {
      name: 'one series over 24 h at 15 s, p50',
      ours: `${median(times).toFixed(1)} ms`,
      limit: '',
      value: median(times),
      unit: 'ms',
      wanted: { atMost: 10 },
    },
    {
      name: 'memory growth over a million readings',
      ours: `${((peak - before) / MIB).toFixed(0)} MiB in ${seconds.toFixed(1)} s`,
      limit: '',
      value: (peak - before) / MIB,
      unit: 'MiB',
      wanted: { atMost: 64 },
    },
  ];
}

async function count(reader: SeriesReader, query: Parameters<SeriesReader['select']>[0]): Promise<number> {
  let samples = 0;
  for await (const { values } of reader.select(query)) samples += values.length;
  return samples;
}
