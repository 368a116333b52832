import { sortDistinct } from './day-source.ts';
import { listTimes } from './times-of-day.ts';
import type { TimesOfDay } from './times-of-day.ts';

/**
 * BYSETPOS on a set of `size` instances in order: the zero-based indices that it picks, ascending. Positions
 * beyond the set pick nothing.
 */
export function pickPositions(positions: readonly number[], size: number): readonly number[] {
  const picked: number[] = [];
  for (const position of positions) {
    const index = position > 0 ? position - 1 : size + position;
    if (index >= 0 && index < size) {
      picked.push(index);
    }
  }
  sortDistinct(picked);
  return picked;
}

/** BYSETPOS where each period is one day with the same times. */
export function pickTimes(positions: readonly number[], times: TimesOfDay): TimesOfDay {
  return positions.length === 0
    ? times
    : listTimes(pickPositions(positions, times.count).map((index) => times.at(index)));
}
