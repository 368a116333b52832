import type { Interval } from '../time/instant.ts';

/**
 * Occurrences are filed by how long they are: class k holds those of at most 2^k seconds. What overlaps
 * a period began later than 2^k seconds before it, so each class is searched in a window of its own, and
 * a few occurrences that last a year do not widen the search among the many that last an hour.
 * See docs/adr/0004-listing-by-duration-class.md.
 */
export function spanClassOf({ start, end }: Interval): number {
  return Math.max(0, Math.ceil(Math.log2((end - start) / 1000)));
}

/** No occurrence of the class is longer than this. */
export function longestMsOf(spanClass: number): number {
  return 2 ** spanClass * 1000;
}
