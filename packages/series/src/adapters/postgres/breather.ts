import { setImmediate as nextTurn } from 'node:timers/promises';

/** They are packed in about ten milliseconds. */
export const CELLS_AT_ONCE = 32_768;

/** Told how many cells were worked on; to be awaited. */
export type Breathe = (cells: number) => Promise<void>;

/**
 * Gives the event loop back whenever so many cells were worked on. Checks are made and answers are read by the same
 * process: it must not be busy for seconds with a target of ten thousand series.
 */
export function createBreather(): Breathe {
  let worked = 0;
  return async (cells) => {
    worked += cells;
    if (worked < CELLS_AT_ONCE) return;
    worked = 0;
    await nextTurn();
  };
}
