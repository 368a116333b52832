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

/** How many scrapes make a stretch of the lowest kind, and how many of those one of the next. */
export const SEALED_SCRAPES = 128;
const MERGED_SCRAPES = 1024;

export interface MergePlan<P extends Piece> {
  readonly pieces: readonly P[];
  /** Whether the new stretch is as long as it will ever be. */
  readonly isFinal: boolean;
}

/**
 * Which neighbours of a chain of stretches to make one: eight of the lowest kind become one of the next, and a chain that
 * has ended, or has used its run up, becomes one as a whole. So a sample is packed three times in its life.
 */
export function planMerge<P extends Piece>(chain: readonly P[], hasEnded: boolean): MergePlan<P> | undefined {
  const last = chain.at(-1);
  const isFull = last !== undefined && (last.number + last.count) % RUN_LENGTH === 0;
  if (hasEnded || isFull) return { pieces: chain, isFinal: true };
  const small = chain.slice(chain.findLastIndex(({ count }) => count >= MERGED_SCRAPES) + 1);
  const count = small.reduce((sum, piece) => sum + piece.count, 0);
  return count >= MERGED_SCRAPES ? { pieces: small, isFinal: false } : undefined;
}
