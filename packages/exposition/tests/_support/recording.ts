import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

/** Twenty consecutive scrapes of a node exporter, 550 samples each. */
export const SAMPLE = resolve(import.meta.dirname, '../data/node-exporter.scrapes.br');

/** A longer recording of the same kind, which lies beside some checkouts. */
const LONG = resolve(import.meta.dirname, '../../../../../shared/data/node-exporter.scrapes.br');

/** The texts of a recording: each stands after a line `# @scrape <unix ms>`. */
export function readRecording(file: string): readonly Buffer[] {
  const text = brotliDecompressSync(readFileSync(file)).toString('utf8');
  return text
    .split(/^# @scrape \d+\n/m)
    .slice(1)
    .map((body) => Buffer.from(body));
}

/** The long recording where it is, else the sample. */
export function readLongestRecording(): readonly Buffer[] {
  return readRecording(existsSync(LONG) ? LONG : SAMPLE);
}
