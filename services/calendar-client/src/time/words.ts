/**
 * Every word that times are typed and printed with, in one place. The first spelling of each row is
 * the long one that is printed, the second the short one.
 */
export const WEEKDAYS = [
  ['monday', 'mon'],
  ['tuesday', 'tue', 'tues'],
  ['wednesday', 'wed', 'weds'],
  ['thursday', 'thu', 'thur', 'thurs'],
  ['friday', 'fri'],
  ['saturday', 'sat'],
  ['sunday', 'sun'],
] as const;

export const MONTHS = [
  ['january', 'jan'],
  ['february', 'feb'],
  ['march', 'mar'],
  ['april', 'apr'],
  ['may', 'may'],
  ['june', 'jun'],
  ['july', 'jul'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
] as const;

/** Days, counted from today. */
export const NAMED_DAYS: ReadonlyMap<string, number> = new Map([
  ['yesterday', -1],
  ['today', 0],
  ['tomorrow', 1],
]);

/** Times of day, as hours. */
export const NAMED_HOURS: ReadonlyMap<string, number> = new Map([
  ['midnight', 0],
  ['noon', 12],
]);

export type Unit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

export const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...spell('minute', 'm', 'min', 'mins', 'minute', 'minutes'),
  ...spell('hour', 'h', 'hr', 'hrs', 'hour', 'hours'),
  ...spell('day', 'd', 'day', 'days'),
  ...spell('week', 'w', 'wk', 'wks', 'week', 'weeks'),
  ...spell('month', 'mo', 'month', 'months'),
  ...spell('year', 'y', 'yr', 'yrs', 'year', 'years'),
]);

/** Which one of several: `next friday`, `last week`. */
export const WHICH = ['this', 'next', 'last'] as const;
export type Which = (typeof WHICH)[number];

/** Words that part a start from its end. */
export const UNTIL_WORDS: readonly string[] = ['to', 'until', 'till', '-', '–', '—'];

/** All words that a time may be typed with, for a "did you mean". */
export const ALL_WORDS: readonly string[] = [
  ...WEEKDAYS.flat(),
  ...MONTHS.flat(),
  ...NAMED_DAYS.keys(),
  ...NAMED_HOURS.keys(),
  ...WHICH,
  'now',
  'week',
  'month',
  'until',
];

/** 0 for Monday; undefined where the word is no weekday. */
export function findWeekday(word: string): number | undefined {
  return findRow(WEEKDAYS, word);
}

/** 0 for January; undefined where the word is no month. */
export function findMonth(word: string): number | undefined {
  return findRow(MONTHS, word);
}

function findRow(table: readonly (readonly string[])[], word: string): number | undefined {
  const row = table.findIndex((spellings) => spellings.includes(word));
  return row < 0 ? undefined : row;
}

function spell(unit: Unit, ...spellings: readonly string[]): readonly (readonly [string, Unit])[] {
  return spellings.map((spelling) => [spelling, unit] as const);
}

export function capitalize(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
