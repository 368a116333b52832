import { encodeRow } from '@daywatch/blocks';
import { formatLabels, type Labels } from '@daywatch/series';
import type { Finding, Reading, ReadingSource } from '../../record/finding.ts';
import { encodeFrame, FRAME } from './frames.ts';

/** What stands in the JSON of a finding, for each of its readings. */
export interface ReadingHead {
  /** The number of the frame that says it, among those of its kind. */
  readonly source: number;
  readonly list: number;
  readonly atMs: number;
  readonly summary: Reading['summary'];
  /** How many of the bytes behind the JSON are its row. */
  readonly bytes: number;
}

/** Turns findings into the frames of one segment; sources and lists of series are written once. */
export class SegmentEncoder {
  readonly #sources = new Map<string, number>();
  readonly #lists = new Map<readonly Labels[], number>();

  encode({ readings, result, report }: Finding): Buffer {
    const frames: Buffer[] = [];
    const rows = readings.map(({ values, states }) => encodeRow(values, states));
    const heads = readings.map((reading, i): ReadingHead => {
      const { source, series, atMs, summary } = reading;
      const bytes = (rows[i] as Uint8Array).length;
      return {
        source: this.#numberSource(source, frames),
        list: this.#numberList(series, frames),
        atMs,
        summary,
        bytes,
      };
    });
    const json = Buffer.from(JSON.stringify({ readings: heads, result, report }));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(json.length);
    frames.push(encodeFrame(FRAME.finding, Buffer.concat([length, json, ...rows])));
    return Buffer.concat(frames);
  }

  #numberSource(source: ReadingSource, frames: Buffer[]): number {
    const name = `${source.key}\n${formatLabels(source.labels)}`;
    const known = this.#sources.get(name);
    if (known !== undefined) return known;
    frames.push(encodeFrame(FRAME.source, Buffer.from(JSON.stringify(source))));
    this.#sources.set(name, this.#sources.size);
    return this.#sources.size - 1;
  }

  #numberList(series: readonly Labels[], frames: Buffer[]): number {
    const known = this.#lists.get(series);
    if (known !== undefined) return known;
    frames.push(encodeFrame(FRAME.list, Buffer.from(JSON.stringify(series))));
    this.#lists.set(series, this.#lists.size);
    return this.#lists.size - 1;
  }
}
