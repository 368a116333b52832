import { makeLabels, parseSelector, type Labels, type SeriesStores } from '@daywatch/series';
import { readRecording, replayColumn, type Recording } from './recording.ts';

export const STEP_MS = 15_000;
/** 2026-11-02, a Monday. */
export const START_MS = Date.UTC(2026, 10, 2);
export const TARGETS = 8;
/** Each target begins so many scrapes into the recording. */
export const SHIFT = 37;
export const LOOPS = 4;

/** Targets that expose the recording, each shifted and looped, counters carried on. */
export interface Fleet {
  readonly series: readonly Labels[];
  readonly scrapes: number;
  labelsOf(target: number): Labels;
  /** One array for each series. */
  columnsOf(target: number): readonly Float64Array[];
}

export function createFleet(recording: Recording = readRecording()): Fleet {
  const scrapes = recording.scrapes * LOOPS;
  return {
    series: recording.names.map(toLabels),
    scrapes,
    labelsOf: (target) => makeLabels({ job: 'node', instance: `host-${target}:9100` }),
    columnsOf: (target) =>
      recording.names.map((_, column) => replayColumn(recording, column, SHIFT * target, scrapes)),
  };
}

/** Appends what a target exposed, many scrapes in a transaction. */
export async function loadTarget({ writer }: SeriesStores, fleet: Fleet, target: number): Promise<void> {
  const source = await writer.openSource(`target ${target}`, fleet.labelsOf(target));
  const layout = await writer.registerLayout(fleet.series);
  const columns = fleet.columnsOf(target);
  const summary = { isUp: true, durationSeconds: 0.0125, samples: columns.length };
  for (let from = 0; from < fleet.scrapes; from += 100) {
    const length = Math.min(100, fleet.scrapes - from);
    const scrapes = Array.from({ length }, (_, i) => ({
      source,
      layout,
      atMs: START_MS + (from + i) * STEP_MS,
      values: Float64Array.from(columns, (column) => column[from + i] ?? NaN),
      // A scrape's duration is the one value that is never the same.
      summary: { ...summary, durationSeconds: (12_000 + (((from + i) * 7919) % 5000)) / 1e6 },
    }));
    await writer.append(scrapes);
  }
}

function toLabels(text: string): Labels {
  return makeLabels(parseSelector(text).map(({ name, value }) => [name, value]));
}
