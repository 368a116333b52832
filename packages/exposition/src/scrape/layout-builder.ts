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
  /** The keys of the series whose text is not their key, because the labels are out of order or written otherwise. */
  readonly #oddKeys = new Set<string>();

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
    const { key } = series;
    const isKey = key === text;
    if (isKey ? this.#oddKeys.has(key) : this.#hasKey(key)) return -1;
    if (!isKey) this.#oddKeys.add(key);
    if (isPlain) this.table.add(seriesStart, seriesEnd, seriesHash, this.series.length);
    return this.series.push(series) - 1;
  }

  /** Whether a series with this key was added, under its key or under another text. */
  #hasKey(key: string): boolean {
    if (this.#oddKeys.has(key)) return true;
    const bytes = new TextEncoder().encode(key);
    const view = new DataView(bytes.buffer);
    const column = this.table.find(view, 0, bytes.length, hashBytes(view, 0, bytes.length));
    return column >= 0 && this.series[column]?.key === key;
  }
}
