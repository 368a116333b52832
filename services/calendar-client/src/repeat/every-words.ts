import type { Rhythm } from './rhythm.ts';

/** Words that are a rhythm by themselves. */
export const ADVERBS: ReadonlyMap<string, Pick<Rhythm, 'unit' | 'interval'>> = new Map([
  ['daily', { unit: 'day', interval: 1 }],
  ['weekly', { unit: 'week', interval: 1 }],
  ['fortnight', { unit: 'week', interval: 2 }],
  ['fortnightly', { unit: 'week', interval: 2 }],
  ['monthly', { unit: 'month', interval: 1 }],
  ['yearly', { unit: 'year', interval: 1 }],
  ['annually', { unit: 'year', interval: 1 }],
]);

const WORKING: readonly number[] = [0, 1, 2, 3, 4];
const FREE: readonly number[] = [5, 6];

/** Words for several weekdays; 0 is Monday. */
export const GROUPS: ReadonlyMap<string, readonly number[]> = new Map([
  ['weekday', WORKING],
  ['weekdays', WORKING],
  ['workday', WORKING],
  ['workdays', WORKING],
  ['weekend', FREE],
  ['weekends', FREE],
]);

const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

/** The words of repetitions beside those of times, for a "did you mean". */
export const EVERY_WORDS: readonly string[] = [
  ...ADVERBS.keys(),
  ...GROUPS.keys(),
  ...ORDINALS,
  'last',
  'day',
  'days',
  'weeks',
  'months',
  'year',
  'years',
  'times',
];

/** 1 for `first`, `1st`, `1.` and `1`; -1 for `last`; undefined where the word is no ordinal. */
export function findOrdinal(word: string): number | undefined {
  if (word === 'last') return -1;
  const named = (ORDINALS as readonly string[]).indexOf(word);
  if (named >= 0) return named + 1;
  const match = /^(\d{1,2})(?:st|nd|rd|th|\.)?$/.exec(word);
  const number = Number(match?.[1] ?? 0);
  return number > 0 ? number : undefined;
}
