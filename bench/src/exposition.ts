import { build } from 'esbuild';
import type * as Exposition from '@daywatch/exposition';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { median } from './measure/median.ts';
import type { Figure } from './report.ts';

const ROUNDS = 7;

/** A long recording of a node exporter lies beside some checkouts; the project has twenty scrapes of its own. */
const RECORDINGS = [
  resolve(import.meta.dirname, '../../../shared/data/node-exporter.scrapes.br'),
  resolve(import.meta.dirname, '../../packages/exposition/tests/data/node-exporter.scrapes.br'),
];

/** How fast the scrapes of one target are read, in samples for each second of CPU time, as bundled for release. */
export async function benchExposition(): Promise<readonly Figure[]> {
  const file = RECORDINGS.find((path) => existsSync(path)) as string;
  const bodies = readBodies(file);
  const parsers = await bundle();
  const consecutive = measure(bodies, () => {
    const parser = new parsers.ScrapeParser();
    return (body) => parser.parse(body, 'text');
  });
  const first = measure(bodies, () => (body) => new parsers.ScrapeParser().parse(body, 'text'));
  const moved = measure(dropLines(bodies), () => {
    const parser = new parsers.ScrapeParser();
    return (body) => parser.parse(body, 'text');
  });
  const figure = (name: string, value: number, atLeast: number): Figure => ({
    name,
    ours: `${value.toFixed(2)} million samples/s`,
    limit: `${bodies.length} scrapes`,
    value,
    unit: 'M/s',
    wanted: { atLeast },
  });
  return [
    figure('consecutive scrapes of one target', consecutive, 5),
    figure('scrapes at first sight', first, 1.5),
    figure('consecutive scrapes whose series differ', moved, 1),
  ];
}

type Parse = (body: Buffer) => Exposition.Scrape;

/** The median over the rounds after the first two, which warm up. */
function measure(bodies: readonly Buffer[], makeParse: () => Parse): number {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const parse = makeParse();
    const began = process.cpuUsage();
    let samples = 0;
    for (const body of bodies) samples += parse(body).values.length;
    const { user, system } = process.cpuUsage(began);
    rates.push(samples / (user + system));
  }
  return median(rates.slice(2));
}

/** What people run is a bundle, in which constants of other modules cost nothing. */
async function bundle(): Promise<typeof Exposition> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-'));
  const outfile = join(folder, 'exposition.mjs');
  try {
    await build({
      entryPoints: [resolve(import.meta.dirname, '../../packages/exposition/src/index.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      target: 'node24',
      format: 'esm',
      logLevel: 'warning',
    });
    return (await import(outfile)) as typeof Exposition;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function readBodies(file: string): readonly Buffer[] {
  const bodies = brotliDecompressSync(readFileSync(file))
    .toString('utf8')
    .split(/^# @scrape \d+\n/m)
    .slice(1)
    .map((text) => Buffer.from(text));
  // A short recording is looped, so that a round takes long enough to measure.
  return Array.from({ length: Math.max(bodies.length, 500) }, (_, i) => bodies[i % bodies.length] as Buffer);
}

/** Each text without another one of its samples, so that no two that follow each other have the same series. */
function dropLines(bodies: readonly Buffer[]): readonly Buffer[] {
  return bodies.map((body, i) => {
    const lines = body.toString('utf8').split('\n');
    const samples = lines.flatMap((line, at) => (line === '' || line.startsWith('#') ? [] : [at]));
    lines.splice(samples[i % samples.length] as number, 1);
    return Buffer.from(lines.join('\n'));
  });
}
