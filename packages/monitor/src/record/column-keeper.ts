import type { Series } from '@daywatch/exposition';
import { CELL, checkLabels, makeLabels, MAX_LAYOUT_SERIES, METRIC_NAME, type Labels } from '@daywatch/series';

/** A row of values in the columns that are kept. */
export interface Row {
  readonly series: readonly Labels[];
  readonly values: Float64Array;
  readonly states?: Uint8Array | undefined;
}

/**
 * Decides in which columns the series of a target are stored. A list of columns costs about as much as a scrape, and
 * what is stored under one list packs well. So a series that is missing keeps its column: it gets a mark of its end
 * once, and is absent then. Only a series that is new makes a new list, which leaves out what was absent.
 */
export class ColumnKeeper {
  #series: readonly Labels[] = [];
  #keys: readonly string[] = [];
  #columns = new Map<string, number>();
  /** By column: whether it had a value in the last row. */
  #present = new Uint8Array(0);
  /** The series that came last, and their columns; undefined where both are the same. */
  #taken: readonly Series[] | undefined;
  #places: Int32Array | undefined;

  /**
   * A row with these values, which become the row's own.
   * @param series unique; the same array as before where nothing has changed.
   * @throws InvalidLabelsError for a series that cannot be stored; then nothing has changed.
   */
  take(series: readonly Series[], values: Float64Array): Row {
    if (series !== this.#taken) this.#arrange(series);
    const places = this.#places;
    if (places === undefined) {
      this.#present.fill(1);
      return { series: this.#series, values };
    }
    const row = new Float64Array(this.#series.length);
    const seen = new Uint8Array(row.length);
    for (let i = 0; i < places.length; i++) {
      const column = places[i] as number;
      row[column] = values[i] as number;
      seen[column] = 1;
    }
    return { series: this.#series, values: row, states: this.#mark(seen) };
  }

  /** A row without a value: what was there has ended. */
  takeNothing(): Row {
    const length = this.#series.length;
    return {
      series: this.#series,
      values: new Float64Array(length),
      states: this.#mark(new Uint8Array(length)),
    };
  }

  /** The series that had a value in the last row. */
  listPresent(): readonly Labels[] {
    return this.#series.filter((_, column) => this.#present[column] === 1);
  }

  #mark(seen: Uint8Array<ArrayBuffer>): Uint8Array {
    const states = new Uint8Array(seen.length);
    for (let column = 0; column < seen.length; column++) {
      if (seen[column] === 1) continue;
      states[column] = this.#present[column] === 1 ? CELL.stale : CELL.absent;
    }
    this.#present = seen;
    return states;
  }

  #arrange(series: readonly Series[]): void {
    if (!series.every(({ key }) => this.#columns.has(key))) this.#makeColumns(series);
    const places = Int32Array.from(series, ({ key }) => this.#columns.get(key) as number);
    const areSame = places.length === this.#series.length && places.every((column, i) => column === i);
    this.#places = areSame ? undefined : places;
    this.#taken = series;
  }

  #makeColumns(series: readonly Series[]): void {
    const wanted = new Set(series.map(({ key }) => key));
    // What ends right now needs a place for its mark.
    const room = MAX_LAYOUT_SERIES - series.length;
    const ending = Array.from(this.#keys.keys())
      .filter((column) => this.#present[column] === 1 && !wanted.has(this.#keys[column] as string))
      .slice(0, room);
    const labels = series.map((each) => {
      const known = this.#columns.get(each.key);
      return known === undefined ? toLabels(each) : (this.#series[known] as Labels);
    });
    const wasPresent = (key: string): number => {
      const column = this.#columns.get(key);
      return column === undefined ? 0 : (this.#present[column] as number);
    };
    const keys = [...series.map(({ key }) => key), ...ending.map((column) => this.#keys[column] as string)];
    const present = Uint8Array.from(keys, wasPresent);
    this.#series = [...labels, ...ending.map((column) => this.#series[column] as Labels)];
    this.#keys = keys;
    this.#present = present;
    this.#columns = new Map(keys.map((key, column) => [key, column]));
  }
}

/** @throws InvalidLabelsError */
export function toLabels({ name, labels }: Series): Labels {
  const made = makeLabels([
    [METRIC_NAME, name],
    ...labels.map((label) => [label.name, label.value] as const),
  ]);
  checkLabels(made);
  return made;
}
