const YEAR_10000_MS = 253_402_300_800_000;
const YEAR_1_MS = -62_135_596_800_000;
/** PostgreSQL's calendar begins in 4713 BC. */
const EARLIEST_MS = -210_000_000_000_000;

/**
 * Spells milliseconds since 1970 for a `timestamptz` parameter (an instant) or a `timestamp` one (a wall
 * clock that is given as if it were UTC). What lies beyond the years that can be stored becomes infinite:
 * good enough to compare with.
 */
export function encodeTimestamp(ms: number): string {
  if (ms >= YEAR_10000_MS) return 'infinity';
  if (ms >= YEAR_1_MS) return new Date(ms).toISOString();
  if (ms < EARLIEST_MS) return '-infinity';
  // JavaScript counts 1 BC as the year 0, PostgreSQL has no year 0.
  const date = new Date(ms);
  const year = String(1 - date.getUTCFullYear()).padStart(4, '0');
  return `${year}-${date.toISOString().slice(-19)} BC`;
}

const ZERO = 48;

/** `2026-03-29 08:00:00+00`, from the year 1000 on: Date.UTC takes years below 100 for those after 1900. */
function decodeUsual(text: string): number {
  const digit = (at: number): number => text.charCodeAt(at) - ZERO;
  const two = (at: number): number => digit(at) * 10 + digit(at + 1);
  return Date.UTC(two(0) * 100 + two(2), two(5) - 1, two(8), two(11), two(14), two(17));
}

const TEXT =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?(?:([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?)?( BC)?$/;

/**
 * Reads a `timestamptz` or `timestamp` in the server's ISO form as milliseconds since 1970, whatever zone
 * the session or the process has. Microseconds are cut.
 */
export function decodeTimestamp(text: string): number {
  // Nearly all are `2026-03-29 08:00:00+00`.
  if (text.length === 22 && text.endsWith('+00') && text.charCodeAt(0) > ZERO) return decodeUsual(text);
  const match = TEXT.exec(text);
  if (!match) throw new Error(`the database answered '${text}', which is no finite ISO timestamp`);
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    offsetHour = '0',
    offsetMinute = '0',
    offsetSecond = '0',
    bc,
  ] = match;
  const date = new Date(0);
  date.setUTCFullYear(bc ? 1 - Number(year) : Number(year), Number(month) - 1, Number(day));
  const timeMs =
    ((Number(hour) * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
    Number(fraction.padEnd(3, '0').slice(0, 3));
  const offsetMs = ((Number(offsetHour) * 60 + Number(offsetMinute)) * 60 + Number(offsetSecond)) * 1000;
  return date.getTime() + timeMs - (sign === '-' ? -offsetMs : offsetMs);
}
