import { createHash } from 'node:crypto';

import {
  formatLabels,
  makeLabels,
  parseSelector,
  type Labels,
  type LayoutId,
  type Scrape,
  type SeriesReader,
  type SeriesStores,
  type SourceId,
} from '../src/index.ts';

/** 2026-03-01T12:00:00Z. */
export const START_MS = Date.UTC(2026, 2, 1, 12);
export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** `{ __name__: metric, … }` in canonical form. */
export function series(metric: string, labels: Readonly<Record<string, string>> = {}): Labels {
  return makeLabels({ __name__: metric, ...labels });
}

export function target(instance: string, job = 'node'): Labels {
  return makeLabels({ job, instance });
}

export function scrape(
  source: SourceId,
  layout: LayoutId,
  atMs: number,
  values: readonly number[],
  more: Partial<Scrape> = {},
): Scrape {
  return { source, layout, atMs, values: Float64Array.from(values), ...more };
}

/** A sample as tests compare it; NaN and -0 keep their names. */
export type PlainSample = readonly [timestampMs: number, value: number | string];

/** What a selector finds, by the series' text. */
export async function readAll(
  { reader }: { readonly reader: SeriesReader },
  selector = '{}',
  startMs = -Infinity,
  endMs = Infinity,
  isContinued = false,
): Promise<Readonly<Record<string, readonly PlainSample[]>>> {
  const found: Record<string, PlainSample[]> = {};
  const query = { matchers: parseSelector(selector), startMs, endMs, isContinued };
  for await (const each of reader.select(query)) {
    const text = formatLabels(each.labels);
    if (text in found) throw new Error(`${text} came twice`);
    found[text] = Array.from(each.timestampsMs, (at, i) => [
      at,
      nameOf(each.values[i] as number, each.states[i]),
    ]);
  }
  return found;
}

/** What `readAll` gives, read in steps of so many milliseconds as a listing does that follows time. */
export async function walkAll(
  stores: { readonly reader: SeriesReader },
  { startMs, endMs, stepMs }: { readonly startMs: number; readonly endMs: number; readonly stepMs: number },
  beforeStep: (atMs: number) => Promise<void> = async () => undefined,
): Promise<Readonly<Record<string, readonly PlainSample[]>>> {
  const found: Record<string, PlainSample[]> = {};
  for (let at = startMs; at < endMs; at += stepMs) {
    await beforeStep(at);
    const window = await readAll(stores, '{}', at, Math.min(at + stepMs, endMs), true);
    for (const [text, samples] of Object.entries(window)) (found[text] ??= []).push(...samples);
  }
  return found;
}

/** The ids of what a selector finds, by `series timestamp`. */
export async function readIds(
  { reader }: { readonly reader: SeriesReader },
  selector = '{}',
): Promise<ReadonlyMap<string, number>> {
  const ids = new Map<string, number>();
  const query = { matchers: parseSelector(selector), startMs: -Infinity, endMs: Infinity };
  for await (const each of reader.select(query)) {
    for (const [i, at] of each.timestampsMs.entries()) {
      ids.set(`${formatLabels(each.labels)} ${at}`, each.ids[i] as number);
    }
  }
  return ids;
}

/** All that is stored, down to the bits and ids, as a digest for each series: quick to compare. */
export async function digestAll(
  { reader }: { readonly reader: SeriesReader },
  endMs = Infinity,
): Promise<Readonly<Record<string, string>>> {
  const digests: Record<string, string> = {};
  for await (const each of reader.select({ matchers: [], startMs: -Infinity, endMs })) {
    const hash = createHash('sha256');
    for (const column of [each.timestampsMs, each.values, each.states, each.ids]) hash.update(column);
    digests[formatLabels(each.labels)] = `${each.states.length} samples, ${hash.digest('base64url')}`;
  }
  return digests;
}

/** A source with a layout of its own. */
export async function openTarget(
  { writer }: SeriesStores,
  labels: Labels,
  columns: readonly Labels[],
): Promise<{ readonly source: SourceId; readonly layout: LayoutId }> {
  const [source, layout] = await Promise.all([
    writer.openSource(`target ${formatLabels(labels)}`, labels),
    writer.registerLayout(columns),
  ]);
  return { source, layout };
}

function nameOf(value: number, state: number | undefined): number | string {
  if (state === 1) return 'stale';
  if (Object.is(value, -0)) return '-0';
  return Number.isFinite(value) ? value : String(value);
}
