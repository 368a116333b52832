import type { SeriesStores } from '../../stores.ts';
import { NO_UPKEEP } from '../../upkeep/series-upkeep.ts';
import { createMemoryReader } from './series-reader.ts';
import { createMemoryState } from './memory-state.ts';
import { createMemoryWriter } from './series-writer.ts';

/** Keeps series in this process, for tests and trials: everything is lost with it. */
export function createMemorySeries(): SeriesStores {
  const state = createMemoryState();
  return {
    writer: createMemoryWriter(state),
    reader: createMemoryReader(state),
    upkeep: {
      async seal() {
        return { ...NO_UPKEEP, failures: [] };
      },
      async dropBefore(cutoffMs, signal) {
        signal?.throwIfAborted();
        for (const source of state.sources) {
          source.scrapes = source.scrapes.filter(({ atMs }) => atMs >= cutoffMs);
        }
        return [];
      },
    },
  };
}
