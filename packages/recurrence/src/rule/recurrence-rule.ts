/** From the longest period to the shortest. */
export const FREQUENCIES = [
  'YEARLY',
  'MONTHLY',
  'WEEKLY',
  'DAILY',
  'HOURLY',
  'MINUTELY',
  'SECONDLY',
] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** In the order of their numbers: Monday is 0. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What becomes of a date that does not exist, such as 30 February (RFC 7529 section 4.1). */
export const SKIPS = ['OMIT', 'BACKWARD', 'FORWARD'] as const;
export type Skip = (typeof SKIPS)[number];

/** A value of BYDAY: `ordinal` 0 means every such weekday, 2 the second, -1 the last of the month or year. */
export interface WeekdayNumber {
  readonly weekday: Weekday;
  readonly ordinal: number;
}

/**
 * UNTIL, in civil seconds since 1970-01-01T00:00: of UTC for `utc`, of the series' own wall clock for
 * `local`, and midnight of the day for `date`.
 */
export interface Until {
  readonly kind: 'date' | 'local' | 'utc';
  readonly seconds: number;
}

/** Where the rule ends. */
export type RuleBound =
  | { readonly kind: 'never' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'until'; readonly until: Until };

/**
 * An RRULE (RFC 5545 section 3.3.10, RFC 7529), parsed and checked; frozen. The lists are sorted and free of
 * duplicates, and an absent BY part is an empty list.
 */
export interface RecurrenceRule {
  readonly freq: Frequency;
  /** At least 1. */
  readonly interval: number;
  readonly bound: RuleBound;
  readonly weekStart: Weekday;
  readonly bySecond: readonly number[];
  readonly byMinute: readonly number[];
  readonly byHour: readonly number[];
  readonly byDay: readonly WeekdayNumber[];
  readonly byMonthDay: readonly number[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly byMonth: readonly number[];
  readonly bySetPos: readonly number[];
  readonly rscale: 'GREGORIAN' | undefined;
  readonly skip: Skip;
}

/** Longest rule text that is read; a rule with every value of every list is shorter. */
export const MAX_RULE_LENGTH = 8192;
/** Most values that one list may have; BYDAY, the widest, has 749 different ones. */
export const MAX_LIST_VALUES = 750;
/** Largest COUNT and INTERVAL: the largest INTEGER of RFC 5545 section 3.3.8. */
export const MAX_INTEGER = 2_147_483_647;
