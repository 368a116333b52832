import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { Label } from '@daywatch/series';
import { START_MS, STEP_MS, TARGETS, type Fleet } from './load-series.ts';

/** So that a block holds all of it, as after the last compaction. */
const BLOCK = '1000h';

/** Bytes of the blocks, indexes included, that Debian's Prometheus makes of the same samples. */
export async function measurePrometheus(folder: string, fleet: Fleet): Promise<number> {
  const input = join(folder, 'samples.txt');
  const output = join(folder, 'prometheus');
  await mkdir(output);
  await pipeline(Readable.from(sampleLines(fleet)), createWriteStream(input));
  const options = ['tsdb', 'create-blocks-from', 'openmetrics', '--quiet', `--max-block-duration=${BLOCK}`];
  await promisify(execFile)('promtool', [...options, input, output]);
  let bytes = 0;
  for (const name of await readdir(output, { recursive: true })) {
    const file = await stat(join(output, name));
    if (file.isFile()) bytes += file.size;
  }
  await Promise.all([input, output].map((path) => rm(path, { recursive: true })));
  return bytes;
}

/** In OpenMetrics, series by series. */
function* sampleLines(fleet: Fleet): Generator<string> {
  for (let target = 0; target < TARGETS; target++) {
    for (const [i, column] of fleet.columnsOf(target).entries()) {
      const series = spellSeries([...(fleet.series[i] ?? []), ...fleet.labelsOf(target)]);
      yield Array.from(
        column,
        (value, at) => `${series} ${spell(value)} ${(START_MS + at * STEP_MS) / 1000}\n`,
      ).join('');
    }
  }
  yield '# EOF\n';
}

function spellSeries(labels: readonly Label[]): string {
  const name = labels.find(([label]) => label === '__name__')?.[1] ?? '';
  const others = labels.filter(([label]) => label !== '__name__');
  return `${name}{${others.map(([label, value]) => `${label}=${JSON.stringify(value)}`).join()}}`;
}

function spell(value: number): string {
  return Number.isFinite(value) || Number.isNaN(value) ? String(value) : value > 0 ? '+Inf' : '-Inf';
}
