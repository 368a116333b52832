import type { RangeLine } from '../../api/generated.ts';

/** JSON has no words for them. */
const WORDS = { NaN, '+Inf': Infinity, '-Inf': -Infinity } as const;

/** A value of a series; null where it is interrupted. */
export function readValue(value: RangeLine['values'][number]): number | null {
  return typeof value === 'string' ? WORDS[value] : value;
}
