import { labelValue, METRIC_NAME, type FoundSeries, type Matcher, type SeriesReader } from '@daywatch/series';

export interface SeriesListQuery {
  readonly matchers: readonly Matcher[];
  /** Of each list at most so many. */
  readonly limit: number;
}

/** What there is, for completion. */
export interface SeriesList {
  readonly series: readonly FoundSeries[];
  /** Names of metrics, sorted. */
  readonly names: readonly string[];
  /** The labels of the series (the metric is none of them), sorted, each with its values, sorted. */
  readonly labels: readonly { readonly name: string; readonly values: readonly string[] }[];
  /** Whether a list has been cut off. */
  readonly isTruncated: boolean;
}

/** Series beyond these are not looked at. */
const MAX_SERIES = 100_000;

export async function listSeries(
  reader: SeriesReader,
  { matchers, limit }: SeriesListQuery,
  signal?: AbortSignal,
): Promise<SeriesList> {
  const found = await reader.findSeries(matchers, MAX_SERIES, signal);
  const names = new Set<string>();
  const values = new Map<string, Set<string>>();
  for (const { labels } of found) {
    names.add(labelValue(labels, METRIC_NAME));
    for (const [name, value] of labels) {
      if (name === METRIC_NAME) continue;
      const known = values.get(name);
      if (known) known.add(value);
      else values.set(name, new Set([value]));
    }
  }
  let isTruncated = found.length === MAX_SERIES;
  const cut = <T>(list: readonly T[]): readonly T[] => {
    isTruncated ||= list.length > limit;
    return list.slice(0, limit);
  };
  const series = cut(found);
  const sortedNames = cut([...names].sort());
  const labels = cut([...values.keys()].sort()).map((name) => ({
    name,
    values: cut([...(values.get(name) ?? [])].sort()),
  }));
  return { series, names: sortedNames, labels, isTruncated };
}
