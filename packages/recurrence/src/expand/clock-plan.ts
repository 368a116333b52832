import { greatestCommonDivisor } from '../civil/civil-date.ts';
import type { DayRule } from './day-rule.ts';
import type { DaySource } from './day-source.ts';

/** The allowed values of one unit, as a table of the next allowed one at or after each value (-1: none). */
export interface ClockFilter {
  /** Whether every unit of the day is allowed. */
  readonly isOpen: boolean;
  /** The first allowed unit of the day at or after this one; -1 if there is none. */
  nextAllowed(unitOfDay: number): number;
}

/** A rule whose periods are hours, minutes or seconds. */
export interface ClockPlan {
  readonly kind: 'clock';
  readonly unitSeconds: number;
  readonly unitsPerDay: number;
  readonly interval: number;
  /** DTSTART's unit, counted from 1970. */
  readonly startUnit: number;
  /** Seconds within a unit at which it has instances, ascending, after BYSETPOS. */
  readonly offsets: readonly number[];
  readonly filter: ClockFilter;
  /** The days that BYMONTH, BYYEARDAY, BYMONTHDAY and BYDAY leave, or undefined where they leave all. */
  readonly days: { readonly rule: DayRule; readonly source: DaySource } | undefined;
}

/** BYHOUR, BYMINUTE and BYSECOND as limits on units of 1, 60 or 3600 seconds. */
export function clockFilter(
  unitSeconds: number,
  hours: readonly number[],
  minutes: readonly number[],
  seconds: readonly number[],
): ClockFilter {
  const unitsPerMinute = Math.max(1, 60 / unitSeconds);
  const digits: readonly ClockDigit[] =
    unitSeconds === 3600
      ? [clockDigit(hours, 24, 1)]
      : unitSeconds === 60
        ? [clockDigit(hours, 24, 60), clockDigit(minutes, 60, 1)]
        : [
            clockDigit(hours, 24, 60 * unitsPerMinute),
            clockDigit(minutes, 60, unitsPerMinute),
            clockDigit(seconds, 60, 1),
          ];
  return {
    isOpen: digits.every((digit) => digit.isOpen),
    nextAllowed: (unitOfDay) => nextInDigits(digits, 0, unitOfDay),
  };
}

/**
 * Whether steps of `interval` ever meet an allowed unit: every second hour from an even one never meets an odd
 * BYHOUR, and looking for it until the year 9999 would be in vain.
 */
export function reachesAllowedUnit(
  filter: ClockFilter,
  startUnit: number,
  interval: number,
  unitsPerDay: number,
): boolean {
  const stride = greatestCommonDivisor(interval, unitsPerDay);
  if (filter.isOpen || stride === 1) {
    return true;
  }
  let unit = filter.nextAllowed(0);
  while (unit >= 0 && (unit - startUnit) % stride !== 0) {
    unit = filter.nextAllowed(unit + 1);
  }
  return unit >= 0;
}

/** One digit of a time of day: hour, minute or second. */
interface ClockDigit {
  readonly isOpen: boolean;
  /** Units of the day in one step of the digit. */
  readonly weight: number;
  /** First allowed value at or after each value; -1 if there is none. The last entry is past the end. */
  readonly next: readonly number[];
}

function clockDigit(allowed: readonly number[], size: number, weight: number): ClockDigit {
  const isAllowed = (value: number): boolean => allowed.length === 0 || allowed.includes(value);
  const next = Array.from({ length: size + 1 }, () => -1);
  for (let value = size - 1; value >= 0; value -= 1) {
    next[value] = isAllowed(value) ? value : (next[value + 1] as number);
  }
  return { isOpen: next.slice(0, size).every((found, value) => found === value), weight, next };
}

function nextInDigits(digits: readonly ClockDigit[], index: number, rest: number): number {
  const digit = digits[index];
  if (digit === undefined) {
    return 0;
  }
  const value = Math.floor(rest / digit.weight);
  let found = digit.next[value] as number;
  let below = found === value ? nextInDigits(digits, index + 1, rest - value * digit.weight) : -1;
  if (below < 0) {
    found = found === value ? (digit.next[value + 1] as number) : found;
    below = found < 0 ? -1 : nextInDigits(digits, index + 1, 0);
  }
  return below < 0 ? -1 : found * digit.weight + below;
}
