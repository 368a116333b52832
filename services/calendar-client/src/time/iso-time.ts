import { Temporal } from 'temporal-polyfill';
import type { TokenReader } from './token-reader.ts';

/** An ISO 8601 time: with an offset it is an instant, without one a wall-clock time. */
export type IsoTime =
  | { readonly kind: 'instant'; readonly time: Temporal.ZonedDateTime }
  | { readonly kind: 'local'; readonly local: Temporal.PlainDateTime };

const ISO_TIME = /^\d{4}-\d{2}-\d{2}t\d{2}(?::?\d{2}(?::?\d{2}(?:\.\d{1,9})?)?)?(z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Reads `2026-11-23T09:00`, also with an offset; undefined (and nothing read) where there is none. */
export function readIsoTime(reader: TokenReader, zone: string): IsoTime | undefined {
  const word = reader.peek();
  if (!/^\d{4}-\d{2}-\d{2}t/.test(word)) return undefined;
  const match = ISO_TIME.exec(word);
  if (!match)
    throw reader.unclear(`'${word}' is no ISO time; allowed are 2026-11-23T09:00 and 2026-11-23T09:00+01:00`);
  try {
    const text = word.toUpperCase();
    const read: IsoTime = match[1]
      ? { kind: 'instant', time: Temporal.Instant.from(text).toZonedDateTimeISO(zone).round('second') }
      : { kind: 'local', local: Temporal.PlainDateTime.from(text, { overflow: 'reject' }).round('second') };
    reader.skip();
    return read;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw reader.unclear(`'${word}' names no time; check month, day, hour and minute`);
  }
}
