import type { Queries } from '@daywatch/service-kit/postgres';

import { formatLabels } from '../../labels/format-labels.ts';
import { joinLabels, labelValue, type Labels } from '../../labels/labels.ts';
import { compileMatcher } from '../../matcher/compile-matcher.ts';
import type { Matcher } from '../../matcher/matcher.ts';
import type { FoundSeries } from '../../read/series-reader.ts';
import type { LabelBook } from './label-book.ts';
import { conditionOf, type LabelCondition } from './match-labels.ts';
import type { KnownSource } from './source-book.ts';
import type { SeriesRow } from './sql/find-series.ts';
import { getSeries } from './sql/get-series.ts';
import type { SourceLayoutRow } from './sql/list-source-layouts.ts';
import { matchSeries } from './sql/match-series.ts';

/** Where samples of a series lie. */
interface ColumnPlace {
  readonly source: number;
  readonly layout: number;
  readonly column: number;
}

export interface LocatedSeries extends FoundSeries {
  readonly places: ColumnPlace[];
}

/** What has been stored: sources, and which layouts each has used. */
export interface StoredLayouts {
  readonly sources: readonly KnownSource[];
  readonly uses: readonly SourceLayoutRow[];
}

/** The matching series, and every column in which one of them was ever stored. */
export async function findColumns(
  db: Queries,
  book: LabelBook,
  { sources, uses }: StoredLayouts,
  matchers: readonly Matcher[],
  signal?: AbortSignal,
): Promise<readonly LocatedSeries[]> {
  const compiled = matchers.map(compileMatcher);
  const conditions = await Promise.all(compiled.map((matcher) => conditionOf(db, matcher, sources, signal)));
  if (conditions.some(({ needed }) => needed?.length === 0)) return [];
  const layouts = await book.layoutsOf(
    uses.map(({ layout_id }) => layout_id),
    signal,
  );
  const rows = await candidates(db, conditions, layouts, signal);
  const labels = await book.labelsOf(
    rows.map((row) => row.labels),
    signal,
  );
  const own = new Map(rows.map(({ id }, i) => [id, labels[i] as Labels]));
  const columns = columnsByLayout(layouts, own);
  const sourceLabels = new Map(sources.map((source) => [source.id, source.labels]));

  const found = new Map<string, LocatedSeries>();
  for (const { source_id, layout_id } of uses) {
    const source = sourceLabels.get(source_id);
    // A source that was opened meanwhile was not there when the call began.
    if (!source) continue;
    for (const [column, ownLabels] of columns.get(layout_id) ?? []) {
      const joined = joinLabels(ownLabels, source);
      if (!compiled.every((matcher) => matcher.matches(labelValue(joined, matcher.name)))) continue;
      const text = formatLabels(joined);
      const series = found.get(text) ?? { labels: joined, own: ownLabels, source, places: [] };
      found.set(text, series);
      series.places.push({ source: source_id, layout: layout_id, column });
    }
  }
  return [...found.values()];
}

async function candidates(
  db: Queries,
  conditions: readonly LabelCondition[],
  layouts: ReadonlyMap<number, readonly number[]>,
  signal?: AbortSignal,
): Promise<readonly SeriesRow[]> {
  const refused = conditions.flatMap((condition) => condition.refused);
  const needed = conditions.flatMap((condition) => (condition.needed ? [condition.needed] : []));
  if (needed.length > 0) return db.query(matchSeries(needed.length), [refused, ...needed], signal);
  // Nothing narrows the series down but the sources that expose them.
  const exposed = new Set<number>();
  for (const series of layouts.values()) for (const id of series) exposed.add(id);
  return db.query(getSeries, [[...exposed], refused], signal);
}

function columnsByLayout(
  layouts: ReadonlyMap<number, readonly number[]>,
  own: ReadonlyMap<number, Labels>,
): ReadonlyMap<number, readonly (readonly [column: number, own: Labels])[]> {
  const columns = new Map<number, readonly (readonly [number, Labels])[]>();
  for (const [layout, series] of layouts) {
    const ofLayout: (readonly [number, Labels])[] = [];
    for (const [column, id] of series.entries()) {
      const labels = own.get(id);
      if (labels) ofLayout.push([column, labels]);
    }
    columns.set(layout, ofLayout);
  }
  return columns;
}
