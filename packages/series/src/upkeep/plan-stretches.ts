import { RUN_LENGTH } from '../write/runs.ts';

/** Scrapes of a source that are to lie together: a row, or a block of many. */
export interface Piece {
  readonly fromMs: number;
  readonly toMs: number;
  /** Of the first scrape. */
  readonly number: number;
  readonly count: number;
  readonly layout: number;
}

export interface StretchLimits {
  readonly maxSpanMs: number;
}

/**
 * Cuts pieces that follow each other in time into chains that may become one stretch each: of one layout and one run,
 * with consecutive numbers, and short enough.
 */
export function cutChains<P extends Piece>(
  pieces: readonly P[],
  { maxSpanMs }: StretchLimits,
): readonly P[][] {
  const chains: P[][] = [];
  let chain: P[] = [];
  for (const piece of pieces) {
    const first = chain[0];
    const last = chain.at(-1);
    const goesOn =
      first !== undefined &&
      last !== undefined &&
      piece.layout === last.layout &&
      piece.number === last.number + last.count &&
      piece.number % RUN_LENGTH !== 0 &&
      piece.toMs - first.fromMs < maxSpanMs;
    if (goesOn) chain.push(piece);
    else chains.push((chain = [piece]));
  }
  return chains;
}

/** How many scrapes make a stretch of the lowest kind, and how much larger each kind is than the one below. */
export const SEALED_SCRAPES = 128;
const GROWTH = 8;

/**
 * Which neighbours of a chain of stretches to make one: eight of a kind become one of the next, so that a sample is
 * packed three times in its life. Of a chain that has ended all become one.
 */
export function planMerge<P extends Piece>(chain: readonly P[], hasEnded: boolean): readonly P[] | undefined {
  if (hasEnded) return chain.length > 1 ? chain : undefined;
  for (let size = SEALED_SCRAPES * GROWTH; size <= RUN_LENGTH; size *= GROWTH) {
    const small = smallTail(chain, size);
    if (small.length > 1 && small.reduce((sum, { count }) => sum + count, 0) >= size) return small;
  }
  return undefined;
}

/** The pieces at the end of a chain that are smaller than `size`. */
function smallTail<P extends Piece>(chain: readonly P[], size: number): readonly P[] {
  const start = chain.findLastIndex(({ count }) => count >= size) + 1;
  return chain.slice(start);
}
