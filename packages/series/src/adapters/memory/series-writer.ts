import { InvalidScrapeError } from '../../errors.ts';
import { checkLabels } from '../../labels/check-labels.ts';
import { formatLabels } from '../../labels/format-labels.ts';
import { RUN_LENGTH } from '../../write/runs.ts';
import { checkLayout, checkScrape } from '../../write/check-scrape.ts';
import type { AppendOutcome, LayoutId, Scrape, SeriesWriter, SourceId } from '../../write/series-writer.ts';
import type { MemoryState, StoredSource } from './memory-state.ts';

export function createMemoryWriter(state: MemoryState): SeriesWriter {
  return {
    async openSource(key, labels, signal) {
      signal?.throwIfAborted();
      checkLabels(labels);
      const text = `${key}\n${formatLabels(labels)}`;
      const known = state.sourcesByKey.get(text);
      if (known) return known.id;
      const id = (state.sources.length + 1) as SourceId;
      const source: StoredSource = { id, labels, scrapes: [], lastAtMs: -Infinity, nextNumber: 0 };
      state.sources.push(source);
      state.sourcesByKey.set(text, source);
      return id;
    },
    async registerLayout(series, signal) {
      signal?.throwIfAborted();
      const text = checkLayout(series).join('\n');
      const known = state.layoutsByText.get(text);
      if (known !== undefined) return known;
      const id = (state.layouts.push([...series]) - 1) as LayoutId;
      state.layoutsByText.set(text, id);
      return id;
    },
    async append(scrapes, signal) {
      signal?.throwIfAborted();
      for (const scrape of scrapes) checkScrape(scrape, layoutLength(state, scrape.layout));
      const sources = scrapes.map(({ source }) => sourceOf(state, source));
      return scrapes.map((scrape, i) => appendOne(state, sources[i] as StoredSource, scrape));
    },
  };
}

function appendOne(state: MemoryState, source: StoredSource, scrape: Scrape): AppendOutcome {
  const { atMs, layout, values, states, summary } = scrape;
  if (source.scrapes.some((stored) => stored.atMs === atMs)) return 'duplicate';
  if (atMs <= source.lastAtMs) return 'out-of-order';
  if (source.nextNumber % RUN_LENGTH === 0) source.nextNumber = state.nextRun++ * RUN_LENGTH;
  source.scrapes.push({
    number: source.nextNumber,
    atMs,
    layout,
    values: values.slice(),
    states: states?.slice() ?? new Uint8Array(values.length),
    summary,
  });
  source.lastAtMs = atMs;
  source.nextNumber += 1;
  return 'stored';
}

function layoutLength(state: MemoryState, layout: LayoutId): number {
  const series = state.layouts[layout];
  if (!series) throw new InvalidScrapeError(`there is no layout ${layout}: register it before`);
  return series.length;
}

function sourceOf(state: MemoryState, id: SourceId): StoredSource {
  const source = state.sources[id - 1];
  if (!source) throw new InvalidScrapeError(`there is no source ${id}: open it before`);
  return source;
}
