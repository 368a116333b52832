import { createSeries, type Layout, type Scrape, type Series } from '@daywatch/exposition';
import { labelSeries, type ClashRules } from './label-series.ts';

/** The series that the checker adds to each scrape; a target cannot expose them without labels of its own. */
export const RESERVED_SERIES: ReadonlySet<string> = new Set([
  'up',
  'scrape_duration_seconds',
  'scrape_samples_scraped',
]);

/** A layout as it is stored. */
export interface LabelledLayout {
  /** Unique; without the labels of the target. */
  readonly series: readonly Series[];
  /** For each of them its column in the layout that was read, or undefined where all columns are kept as they are. */
  readonly columns: Int32Array | undefined;
  /** How many columns were refused: reserved names, and series that the clash rules made equal. */
  readonly refused: number;
}

/** Applies the clash rules of a target to its layouts, once for each. */
export class LayoutLabeller {
  readonly #rules: ClashRules;
  readonly #known = new WeakMap<Layout, LabelledLayout>();

  constructor(rules: ClashRules) {
    this.#rules = rules;
  }

  /** The same object for the same layout. */
  label(layout: Layout): LabelledLayout {
    const known = this.#known.get(layout);
    if (known !== undefined) return known;
    const made = labelLayout(layout, this.#rules);
    this.#known.set(layout, made);
    return made;
  }
}

/** The values, or timestamps, of the columns that are stored. */
export function pickColumns(values: Float64Array, { columns }: LabelledLayout): Float64Array {
  return columns === undefined ? values : Float64Array.from(columns, (column) => values[column] as number);
}

/** How many samples of a scrape were refused, those that stood twice in the text among them. */
export function countRefused({ duplicates }: Scrape, { refused }: LabelledLayout): number {
  return duplicates + refused;
}

function labelLayout(layout: Layout, rules: ClashRules): LabelledLayout {
  const series = new Map<string, Series>();
  const columns: number[] = [];
  for (const [column, exposed] of layout.series.entries()) {
    const labels = labelSeries(exposed, rules);
    const labelled = labels === exposed.labels ? exposed : createSeries(exposed.name, labels);
    if (series.has(labelled.key) || RESERVED_SERIES.has(labelled.key)) continue;
    series.set(labelled.key, labelled);
    columns.push(column);
  }
  const refused = layout.series.length - columns.length;
  return {
    series: [...series.values()],
    columns: refused === 0 ? undefined : Int32Array.from(columns),
    refused,
  };
}
