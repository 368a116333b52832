import { Temporal } from 'temporal-polyfill';
import { createTokenReader, type TokenReader } from './token-reader.ts';
import { UNITS, type Unit } from './words.ts';

/** A length of time as people say it: days follow the calendar, minutes the clock. */
export interface Length {
  readonly months: number;
  readonly days: number;
  readonly minutes: number;
}

const MINUTES: Readonly<Partial<Record<Unit, number>>> = { minute: 1, hour: 60 };
const DAYS: Readonly<Partial<Record<Unit, number>>> = { day: 1, week: 7 };
const MONTHS: Readonly<Partial<Record<Unit, number>>> = { month: 1, year: 12 };

/** Far more than a calendar holds, and far from overflow. */
const MAX_AMOUNT = 100_000;

const AMOUNT = /^\d{1,6}(?:\.\d{1,3})?$/;
const AMOUNT_WITH_UNIT = /^(\d{1,6}(?:\.\d{1,3})?)([a-z]+)(.*)$/;

/**
 * Reads a length: `45m`, `1h30m`, `1.5 hours`, `2 days`, `half an hour`, `PT45M`.
 * @throws UnclearTime
 */
export function parseLength(text: string): Length {
  const reader = createTokenReader(text);
  const length = readLength(reader);
  if (!length) {
    const bare = AMOUNT.test(reader.peek()) ? reader.peek() : undefined;
    if (bare) throw reader.unclear(`'${bare}' of what? Write ${bare}m for minutes or ${bare}h for hours`);
    throw reader.unclear(
      `${text.trim() === '' ? 'the length is missing' : `'${reader.peek()}' is no length`}; allowed are 45m, 1h30m, 2 days`,
    );
  }
  if (!reader.isAtEnd()) throw reader.unexpected();
  return length;
}

/** Reads as many amounts with units as follow; undefined (and nothing read) where there is none. */
export function readLength(reader: TokenReader): Length | undefined {
  const iso = readIsoDuration(reader);
  if (iso) return iso;
  let total: Length | undefined;
  for (;;) {
    if (total && reader.peek() === 'and') reader.skip();
    const part = readPart(reader);
    if (!part) return total;
    total = addLengths(total ?? { months: 0, days: 0, minutes: 0 }, part);
  }
}

function readPart(reader: TokenReader): Length | undefined {
  if (reader.peek() === 'half' && reader.peek(1) === 'an' && reader.peek(2) === 'hour') {
    reader.skip(3);
    return toLength(reader, 30, 'minute');
  }
  const word = reader.peek();
  const nextUnit = UNITS.get(reader.peek(1));
  if (nextUnit && (AMOUNT.test(word) || ['a', 'an', 'one'].includes(word))) {
    reader.skip(2);
    return toLength(reader, AMOUNT.test(word) ? Number(word) : 1, nextUnit);
  }
  const [, amount, unitWord = '', rest = ''] = AMOUNT_WITH_UNIT.exec(word) ?? [];
  const unit = UNITS.get(unitWord);
  if (amount === undefined || !unit) return undefined;
  if (rest === '') reader.skip();
  else reader.replace(rest);
  return toLength(reader, Number(amount), unit);
}

function toLength(reader: TokenReader, amount: number, unit: Unit): Length {
  const length = {
    months: amount * (MONTHS[unit] ?? 0),
    days: amount * (DAYS[unit] ?? 0),
    minutes: amount * (MINUTES[unit] ?? 0),
  };
  if (!Object.values(length).every((part) => Number.isInteger(part))) {
    throw reader.unclear(
      `${amount} ${unit}s is no whole number of ${unit === 'hour' ? 'minutes' : 'days'}`,
      1,
    );
  }
  if (Object.values(length).some((part) => part > MAX_AMOUNT)) {
    throw reader.unclear(
      `${amount} ${unit}s is too long; allowed are up to ${MAX_AMOUNT} minutes or days`,
      1,
    );
  }
  return length;
}

/** ISO 8601 as the API writes it: `PT45M`, `P1DT2H`. */
function readIsoDuration(reader: TokenReader): Length | undefined {
  const match = /^p(?:(\d{1,5})w)?(?:(\d{1,5})d)?(?:t(?:(\d{1,5})h)?(?:(\d{1,6})m)?)?$/.exec(reader.peek());
  if (!match || !/\d/.test(reader.peek())) return undefined;
  const [weeks, days, hours, minutes] = match.slice(1).map((part) => Number(part ?? 0));
  reader.skip();
  return {
    months: 0,
    days: (weeks ?? 0) * 7 + (days ?? 0),
    minutes: (hours ?? 0) * 60 + (minutes ?? 0),
  };
}

function addLengths(a: Length, b: Length): Length {
  return { months: a.months + b.months, days: a.days + b.days, minutes: a.minutes + b.minutes };
}

/** ISO 8601, as the API takes it: `P1DT1H30M`. */
export function toIsoDuration({ months, days, minutes }: Length): string {
  return Temporal.Duration.from({
    months,
    days,
    hours: Math.trunc(minutes / 60),
    minutes: minutes % 60,
  }).toString();
}

/** `45 min`, `1 h 30 min`, `2 days`. */
export function formatLength({ days, minutes }: Pick<Length, 'days' | 'minutes'>): string {
  const parts = [
    days === 0 ? '' : `${days} ${days === 1 ? 'day' : 'days'}`,
    minutes < 60 ? '' : `${Math.trunc(minutes / 60)} h`,
    minutes % 60 === 0 ? '' : `${minutes % 60} min`,
  ];
  return parts.filter((part) => part !== '').join(' ') || '0 min';
}
