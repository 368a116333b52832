import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { parseSelector, type SeriesReader } from '@daywatch/series';
import { median } from '../measure/median.ts';
import type { Figure } from '../report.ts';
import { START_MS, STEP_MS, TARGETS } from './load-series.ts';

const DAY_MS = 86_400_000;
const ROUNDS = 60;
const MIB = 2 ** 20;

export async function benchReading(reader: SeriesReader, dsn: string): Promise<readonly Figure[]> {
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const matchers = parseSelector(`go_memstats_alloc_bytes{instance="host-${round % TARGETS}:9100"}`);
    const start = performance.now();
    const samples = await count(reader, { matchers, startMs: START_MS, endMs: START_MS + DAY_MS });
    times.push(performance.now() - start);
    if (samples !== DAY_MS / STEP_MS) throw new Error(`a day has ${samples} samples`);
  }
  const { growthBytes, seconds } = await readMillion(dsn);
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
      ours: `${(growthBytes / MIB).toFixed(0)} MiB in ${seconds.toFixed(1)} s`,
      limit: '',
      value: growthBytes / MIB,
      unit: 'MiB',
      wanted: { atMost: 64 },
    },
  ];
}

/** In a process of its own: this one has grown while it loaded. */
async function readMillion(dsn: string): Promise<{ readonly growthBytes: number; readonly seconds: number }> {
  const script = resolve(import.meta.dirname, 'read-million.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [script, dsn]);
  return JSON.parse(stdout) as { growthBytes: number; seconds: number };
}

async function count(reader: SeriesReader, query: Parameters<SeriesReader['select']>[0]): Promise<number> {
  let samples = 0;
  for await (const { values } of reader.select(query)) samples += values.length;
  return samples;
}
