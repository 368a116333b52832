import { abbreviate } from './validate.ts';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,30}))?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

const MINUTE_MS = 60_000;

/**
 * Reads an RFC 3339 date and time. What is finer than a millisecond is rounded up: a moment of whole milliseconds is
 * then at or after the text, or before it, exactly when it is so for the result. A leap second is the second after it.
 * @returns milliseconds since 1970.
 * @throws RangeError that says what is wrong and what is allowed.
 */
export function readInstant(text: string): number {
  const match = RFC_3339.exec(text);
  if (!match) {
    throw new RangeError(
      `'${abbreviate(text)}' is no date and time; allowed is RFC 3339 with an offset, such as 2026-11-23T09:00:00Z`,
    );
  }
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [, , , , , , , fraction = '', sign, offsetHour = '00', offsetMinute = '00'] = match;
  check(text, 'month', month, 1, 12);
  check(text, 'day', day, 1, daysOf(year, month));
  check(text, 'hour', hour, 0, 23);
  check(text, 'minute', minute, 0, 59);
  check(text, 'second', second, 0, 60);
  check(text, 'hour of the offset', Number(offsetHour), 0, 23);
  check(text, 'minute of the offset', Number(offsetMinute), 0, 59);
  // Date.UTC takes years below 100 for those of the last century.
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second, toMilliseconds(fraction));
  const offsetMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * MINUTE_MS;
  return date.getTime() - (sign === '-' ? -offsetMs : offsetMs);
}

function toMilliseconds(fraction: string): number {
  const whole = Number(fraction.slice(0, 3).padEnd(3, '0'));
  return /[1-9]/.test(fraction.slice(3)) ? whole + 1 : whole;
}

function daysOf(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 0);
  return date.getUTCDate();
}

function check(text: string, what: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`'${abbreviate(text)}' has the ${what} ${value}; allowed are ${least} to ${most}`);
}
