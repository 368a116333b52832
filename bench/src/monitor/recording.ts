import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** A real exporter's scrapes, as columns. */
export interface Recording {
  /** As exposed: `node_cpu_seconds_total{cpu="0",mode="idle"}`. */
  readonly names: readonly string[];
  /** Whether a column only ever grows: its TYPE is counter, or it is a part of a histogram or summary. */
  readonly isCounter: readonly boolean[];
  /** One array for each name, with one value for each scrape. */
  readonly columns: readonly Float64Array[];
  readonly scrapes: number;
}

/** Lies beside the checkout; `DAYWATCH_RECORDING` names another place. */
const FILE =
  process.env['DAYWATCH_RECORDING'] ??
  resolve(import.meta.dirname, '../../../../shared/data/node-exporter.scrapes.br');

/** Reads the recording, every scrape of which exposes the same series in the same order. */
export function readRecording(file = FILE): Recording {
  const text = brotliDecompressSync(readFileSync(file)).toString('utf8');
  const bodies = text.split(/^# @scrape \d+\n/m).slice(1);
  const names: string[] = [];
  const isCounter: boolean[] = [];
  let type = '';
  for (const line of (bodies[0] ?? '').split('\n')) {
    if (line.startsWith('# TYPE ')) type = line.slice(line.lastIndexOf(' ') + 1);
    if (line === '' || line.startsWith('#')) continue;
    const name = line.slice(0, line.lastIndexOf(' '));
    names.push(name);
    isCounter.push(type === 'counter' || (type !== 'gauge' && /_(bucket|sum|count)(\{|$)/.test(name)));
  }
  const columns = names.map(() => new Float64Array(bodies.length));
  bodies.forEach((body, scrape) => readScrape(body, scrape, names, columns));
  return { names, isCounter, columns, scrapes: bodies.length };
}

function readScrape(
  body: string,
  scrape: number,
  names: readonly string[],
  columns: readonly Float64Array[],
): void {
  let column = 0;
  for (const line of body.split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const end = line.lastIndexOf(' ');
    if (line.slice(0, end) !== names[column])
      throw new Error(`scrape ${scrape} exposes other series: ${line}`);
    const values = columns[column];
    if (values) values[scrape] = parseValue(line.slice(end + 1));
    column += 1;
  }
}

function parseValue(text: string): number {
  return text === '+Inf' ? Infinity : text === '-Inf' ? -Infinity : Number(text);
}

/**
 * What a target exposes: the recording from scrape `shift` on, looped, counters carried on. A counter goes on in the
 * units in which its exporter counts, and is scaled as the exporter does it; a sum of doubles would differ in the last bit.
 */
export function replayColumn(
  { isCounter, columns, scrapes }: Recording,
  column: number,
  shift: number,
  length: number,
): Float64Array {
  const values = columns[column] ?? new Float64Array();
  const scale = (isCounter[column] ? SCALES.find((scale) => fits(values, scale)) : undefined) ?? PLAIN;
  const growth = isCounter[column] ? scale.count(values[scrapes - 1] ?? 0) - scale.count(values[0] ?? 0) : 0;
  return Float64Array.from({ length }, (_, i) => {
    const at = shift + i;
    const value = values[at % scrapes] ?? NaN;
    const loop = Math.floor(at / scrapes);
    return growth === 0 || loop === 0 ? value : scale.expose(scale.count(value) + loop * growth);
  });
}

/** From what an exporter counts to what it exposes, and back. */
interface Scale {
  readonly count: (value: number) => number;
  readonly expose: (count: number) => number;
}

const PLAIN: Scale = { count: (value) => value, expose: (count) => count };

const SCALES: readonly Scale[] = [
  ...[0, 1, 2, 3, 6, 9].map((decimals) => ({
    count: (value: number) => Math.round(value * 10 ** decimals),
    expose: (count: number) => count / 10 ** decimals,
  })),
  { count: (value) => Math.round(value * 1e3), expose: (count) => count * 0.001 },
  { count: (value) => Math.round(value * 1e6), expose: (count) => count / 1000 / 1000 },
];

function fits(values: Float64Array, { count, expose }: Scale): boolean {
  return values.every((value) => Number.isSafeInteger(count(value)) && expose(count(value)) === value);
}
