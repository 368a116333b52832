import type { Labels } from '../../labels/labels.ts';
import type { LayoutId, ScrapeSummary, SourceId } from '../../write/series-writer.ts';

/** A scrape as it is kept: nobody else has its arrays. */
export interface StoredScrape {
  readonly number: number;
  readonly atMs: number;
  readonly layout: LayoutId;
  readonly values: Float64Array;
  readonly states: Uint8Array;
  readonly summary: ScrapeSummary | undefined;
}

export interface StoredSource {
  readonly id: SourceId;
  readonly labels: Labels;
  /** In the order of time. */
  scrapes: StoredScrape[];
  /** Of its last scrape, which may be dropped already. */
  lastAtMs: number;
  nextNumber: number;
}

export interface MemoryState {
  readonly sources: StoredSource[];
  readonly sourcesByKey: Map<string, StoredSource>;
  readonly layouts: (readonly Labels[])[];
  readonly layoutsByText: Map<string, LayoutId>;
  nextRun: number;
}

export function createMemoryState(): MemoryState {
  return { sources: [], sourcesByKey: new Map(), layouts: [], layoutsByText: new Map(), nextRun: 0 };
}
