import type { LineReader } from '../line/line-reader.ts';
import { createSeries, isCanonical } from '../series.ts';
import type { Series } from '../series.ts';
import type { Layout } from './layout.ts';
import { hashBytes, SeriesTable } from './series-table.ts';

/** Collects the series of a text, each once, whatever the order of its labels. */
export class LayoutBuilder {
  readonly series: Series[] = [];
  readonly table: SeriesTable;
  readonly #reader: LineReader;
  readonly #before: Layout | undefined;
  /**
   * The keys of the series whose text is not their key, because the labels are out of order or written otherwise.
   * By the hash of their bytes, which is at hand for every other text, while hashing a string would cost anew.
   */
  readonly #oddKeys = new Map<number, readonly string[]>();

  constructor(reader: LineReader, before: Layout | undefined) {
    this.#reader = reader;
    this.#before = before;
    this.table = new SeriesTable(reader.view);
  }

  /** Adds the series of the sample that was just read; gives its column, or -1 where it is there already. */
  add(): number {
    const { view, isPlain, recalled, labels, seriesStart, seriesEnd, seriesHash } = this.#reader;
    if (isPlain && this.table.find(view, seriesStart, seriesEnd, seriesHash) >= 0) return -1;
    // A plain text whose labels are in order is the key of its series; the series of a known text is known.
    const text = isPlain ? this.#reader.slice(seriesStart, seriesEnd) : undefined;
    let series: Series;
    if (recalled >= 0) series = this.#before?.series[recalled] as Series;
    else if (text !== undefined && isCanonical(labels))
      series = { name: this.#reader.sampleName, labels, key: text };
    else series = createSeries(this.#reader.sampleName, labels);
    const isKnown = series.key === text ? this.#isOdd(series.key, seriesHash) : !this.#addOdd(series.key);
    if (isKnown) return -1;
    if (isPlain) this.table.add(seriesStart, seriesEnd, seriesHash, this.series.length);
    return this.series.push(series) - 1;
  }

  /** Whether a key was added under another text than itself. */
  #isOdd(key: string, hash: number): boolean {
    return this.#oddKeys.get(hash)?.includes(key) ?? false;
  }

  /** Remembers a key whose text is another; false where its series was added before, under whatever text. */
  #addOdd(key: string): boolean {
    const bytes = new TextEncoder().encode(key);
    const view = new DataView(bytes.buffer);
    const hash = hashBytes(view, 0, bytes.length);
    const column = this.table.find(view, 0, bytes.length, hash);
    if (this.#isOdd(key, hash) || (column >= 0 && this.series[column]?.key === key)) return false;
    this.#oddKeys.set(hash, [...(this.#oddKeys.get(hash) ?? []), key]);
    return true;
  }
}
