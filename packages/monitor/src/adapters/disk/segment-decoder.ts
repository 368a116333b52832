import { decodeRow } from '@daywatch/blocks';
import { makeLabels, type Label, type Labels } from '@daywatch/series';
import type { Finding, Reading, ReadingSource } from '../../record/finding.ts';
import { FRAME, readFrame } from './frames.ts';
import type { ReadingHead } from './segment-encoder.ts';

export interface FoundFinding {
  readonly finding: Finding;
  /** Where the next frame begins, in the bytes that were given. */
  readonly end: number;
}

/** Reads the frames of one segment, from its first on. */
export class SegmentDecoder {
  readonly #sources: ReadingSource[] = [];
  readonly #lists: (readonly Labels[])[] = [];

  /** The next finding in these bytes; undefined where they do not hold the whole of it. */
  next(bytes: Buffer, start: number): FoundFinding | undefined {
    const sources: ReadingSource[] = [];
    const lists: (readonly Labels[])[] = [];
    for (let at = start; ;) {
      const frame = readFrame(bytes, at);
      if (frame === undefined) return undefined;
      at = frame.end;
      const { kind, payload } = frame;
      switch (kind) {
        case FRAME.source:
          sources.push(toSource(payload));
          break;
        case FRAME.list:
          lists.push((parse(payload) as Label[][]).map((labels) => makeLabels(labels)));
          break;
        case FRAME.finding:
          // Only now are they passed for good.
          this.#sources.push(...sources);
          this.#lists.push(...lists);
          return { finding: this.#toFinding(payload), end: at };
        default:
          return kind satisfies never;
      }
    }
  }

  #toFinding(payload: Uint8Array): Finding {
    const view = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
    const jsonEnd = 4 + view.readUInt32BE(0);
    const { readings: heads, ...rest } = parse(view.subarray(4, jsonEnd)) as Omit<Finding, 'readings'> & {
      readonly readings: readonly ReadingHead[];
    };
    let at = jsonEnd;
    const readings = heads.map((head) => {
      const row = view.subarray(at, at + head.bytes);
      at += head.bytes;
      return this.#toReading(head, row);
    });
    return { readings, ...rest };
  }

  #toReading({ source, list, atMs, summary }: ReadingHead, row: Uint8Array): Reading {
    const series = this.#lists[list] as readonly Labels[];
    const values = new Float64Array(series.length);
    const states = new Uint8Array(series.length);
    const isWhole = decodeRow(row, values, states);
    return {
      source: this.#sources[source] as ReadingSource,
      series,
      atMs,
      values,
      ...(isWhole ? {} : { states }),
      ...(summary ? { summary } : {}),
    };
  }
}

function toSource(payload: Uint8Array): ReadingSource {
  const { key, labels } = parse(payload) as { readonly key: string; readonly labels: readonly Label[] };
  return { key, labels: makeLabels(labels) };
}

function parse(payload: Uint8Array): unknown {
  return JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString('utf8'));
}
