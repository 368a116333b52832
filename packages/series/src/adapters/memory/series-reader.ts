import { CELL } from '@daywatch/blocks';

import { formatLabels } from '../../labels/format-labels.ts';
import { joinLabels, labelValue, type Labels } from '../../labels/labels.ts';
import { compileMatcher, type CompiledMatcher } from '../../matcher/compile-matcher.ts';
import type { Matcher } from '../../matcher/matcher.ts';
import { FIRST_SUMMARY_COLUMN, readingId } from '../../read/reading-id.ts';
import { SampleBuilder } from '../../read/sample-builder.ts';
import { collectNames, collectValues, sortSeries } from '../../read/series-lists.ts';
import type { FoundSeries, SeriesReader } from '../../read/series-reader.ts';
import { SUMMARY_SERIES, summaryValues } from '../../sample/summary-series.ts';
import type { MemoryState, StoredScrape } from './memory-state.ts';

interface FoundSamples extends FoundSeries {
  readonly samples: SampleBuilder;
}

export function createMemoryReader(state: MemoryState): SeriesReader {
  function find(
    matchers: readonly Matcher[],
    startMs = -Infinity,
    endMs = Infinity,
  ): readonly FoundSamples[] {
    const compiled = matchers.map(compileMatcher);
    const found = new Map<string, FoundSamples>();
    for (const source of state.sources) {
      for (const scrape of source.scrapes) {
        if (scrape.atMs < startMs || scrape.atMs >= endMs) continue;
        addScrape(found, compiled, source.labels, state.layouts[scrape.layout] ?? [], scrape);
      }
    }
    return [...found.values()];
  }

  return {
    async bounds(matchers, signal) {
      signal?.throwIfAborted();
      const times = find(matchers).map(({ samples }) => samples.build().timestampsMs);
      if (times.length === 0) return undefined;
      const startMs = times.reduce((least, column) => Math.min(least, column[0] ?? least), Infinity);
      const endMs = times.reduce((most, column) => Math.max(most, (column.at(-1) ?? most) + 1), -Infinity);
      return { startMs, endMs, series: times.length };
    },
    async *select({ matchers, startMs, endMs }, signal) {
      for (const { labels, own, source, samples } of find(matchers, startMs, endMs)) {
        signal?.throwIfAborted();
        if (samples.count > 0) yield { labels, own, source, ...samples.build() };
      }
    },
    async findSeries(matchers, limit, signal) {
      signal?.throwIfAborted();
      const series = find(matchers).map(({ labels, own, source }) => ({ labels, own, source }));
      return sortSeries(series).slice(0, limit);
    },
    async labelNames(matchers, limit, signal) {
      signal?.throwIfAborted();
      return collectNames(find(matchers)).slice(0, limit);
    },
    async labelValues(name, matchers, limit, signal) {
      signal?.throwIfAborted();
      return collectValues(find(matchers), name).slice(0, limit);
    },
  };
}

function addScrape(
  found: Map<string, FoundSamples>,
  matchers: readonly CompiledMatcher[],
  source: Labels,
  layout: readonly Labels[],
  { atMs, number, values, states, summary }: StoredScrape,
): void {
  const add = (own: Labels, column: number, value: number, state: number): void => {
    const labels = joinLabels(own, source);
    if (!matchers.every((matcher) => matcher.matches(labelValue(labels, matcher.name)))) return;
    const text = formatLabels(labels);
    const entry = found.get(text) ?? { labels, own, source, samples: new SampleBuilder() };
    found.set(text, entry);
    entry.samples.add(atMs, value, state, readingId(number, column));
  };
  for (const [column, own] of layout.entries()) {
    add(own, column, values[column] as number, states[column] as number);
  }
  if (!summary) return;
  for (const [i, value] of summaryValues(summary).entries()) {
    add(SUMMARY_SERIES[i] as Labels, FIRST_SUMMARY_COLUMN + i, value, CELL.value);
  }
}
