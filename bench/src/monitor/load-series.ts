import { makeLabels, parseSelector, type Labels } from '@daywatch/series';
import { readRecording, replayColumn, type Recording } from './recording.ts';
import type { SeriesHouse } from './series-house.ts';

export const STEP_MS = 15_000;
/** 2026-11-02, a Monday. */
export const START_MS = Date.UTC(2026, 10, 2);
export const TARGETS = 8;
/** Each target begins so many scrapes into the recording. */
const SHIFT = 37;
const LOOPS = 4;

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

const SEALED_AT_ONCE = 600;
const DAY_MS = 86_400_000;

/**
 * Appends what a target exposed, many scrapes in a transaction, sealing and vacuuming as the hours would that this
 * stands for.
 */
export async function loadTarget(
  { stores, postgres }: SeriesHouse,
  fleet: Fleet,
  target: number,
): Promise<void> {
  const { writer, upkeep } = stores;
  const source = await writer.openSource(`target ${target}`, fleet.labelsOf(target));
  const layout = await writer.registerLayout(fleet.series);
  const columns = fleet.columnsOf(target);
  for (let from = 0; from < fleet.scrapes; from += 100) {
    const length = Math.min(100, fleet.scrapes - from);
    const scrapes = Array.from({ length }, (_, i) => {
      const values = new Float64Array(columns.length);
      for (let column = 0; column < columns.length; column++)
        values[column] = columns[column]?.[from + i] ?? NaN;
      return { source, layout, atMs: START_MS + (from + i) * STEP_MS, values };
    });
    await writer.append(scrapes);
    if ((from + 100) % SEALED_AT_ONCE === 0) {
      await upkeep.seal(START_MS + from * STEP_MS);
      await postgres.query({ name: 'bench.vacuum', text: 'VACUUM' }, []);
    }
  }
  await upkeep.seal(START_MS + fleet.scrapes * STEP_MS + DAY_MS);
}

function toLabels(text: string): Labels {
  return makeLabels(parseSelector(text).map(({ name, value }) => [name, value]));
}
