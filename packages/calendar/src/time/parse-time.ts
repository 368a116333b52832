import { formatLocal } from './format-time.ts';
import { MAX_INSTANT, MIN_INSTANT, toInstant, type Instant } from './instant.ts';
import { daysFromCivil } from './civil.ts';
import { resolveLocal } from './local-time.ts';
import { abbreviate, checkDate, DAY_MS } from './plain-date.ts';
import type { TimeZoneId } from './time-zone.ts';

const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(\.\d+)?)?([Zz]|([+-])(\d{2}):(\d{2}))?$/;

/**
 * Reads RFC 3339 with an offset (an instant), or a local `YYYY-MM-DDThh:mm:ss` that is resolved in
 * `zone`: one that a clock change doubles is the earlier, one that it removes is refused.
 * @throws RangeError that says what is wrong; callers add the field's name.
 */
export function parseTime(text: string, zone: TimeZoneId): Instant {
  const { localMs, offsetMs } = readDateTime(text);
  const instant = offsetMs === undefined ? resolve(text, zone, localMs) : toInstant(localMs - offsetMs);
  return checkRange(text, instant);
}

/**
 * Reads RFC 3339 with an offset.
 * @throws RangeError that says what is wrong; callers add the field's name.
 */
export function parseInstant(text: string): Instant {
  const { localMs, offsetMs } = readDateTime(text);
  if (offsetMs === undefined) {
    throw new RangeError(
      `'${text}' has no offset; allowed is RFC 3339, for example ${text}Z or ${text}+02:00`,
    );
  }
  return checkRange(text, toInstant(localMs - offsetMs));
}

function readDateTime(text: string): { readonly localMs: number; readonly offsetMs: number | undefined } {
  const match = DATE_TIME.exec(text);
  if (!match) {
    throw new RangeError(
      `'${abbreviate(text)}' is not a time; allowed are RFC 3339 such as 2026-03-29T10:00:00+02:00 and local 2026-03-29T10:00:00`,
    );
  }
  const [, year, month, day, hour, minute, second = '00', fraction, offset, sign, offsetHour, offsetMinute] =
    match;
  checkDate(text, Number(year), Number(month), Number(day));
  if (Number(hour) > 23) throw new RangeError(`'${text}' has the hour ${hour}; allowed are 00 to 23`);
  if (Number(minute) > 59) throw new RangeError(`'${text}' has the minute ${minute}; allowed are 00 to 59`);
  if (Number(second) > 59) throw new RangeError(`'${text}' has the second ${second}; allowed are 00 to 59`);
  if (fraction && Number(fraction) !== 0) {
    throw new RangeError(`'${abbreviate(text)}' has a fraction of a second; allowed are whole seconds`);
  }
  const localMs =
    daysFromCivil(Number(year), Number(month), Number(day)) * DAY_MS +
    (Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1000;
  if (offset === undefined) return { localMs, offsetMs: undefined };
  if (sign === undefined) return { localMs, offsetMs: 0 };
  if (Number(offsetHour) > 23 || Number(offsetMinute) > 59) {
    throw new RangeError(`'${text}' has the offset ${offset}; allowed are -23:59 to +23:59`);
  }
  const magnitudeMs = (Number(offsetHour) * 60 + Number(offsetMinute)) * 60_000;
  return { localMs, offsetMs: sign === '-' ? -magnitudeMs : magnitudeMs };
}

function resolve(text: string, zone: TimeZoneId, localMs: number): Instant {
  const resolution = resolveLocal(zone, localMs);
  if (resolution.kind === 'instant') return resolution.instant;
  const from = formatLocal(resolution.gapStartMs);
  const to = formatLocal(resolution.gapEndMs);
  throw new RangeError(`'${text}' does not exist in ${zone}: clocks jump from ${from} to ${to}`);
}

function checkRange(text: string, instant: Instant): Instant {
  if (instant < MIN_INSTANT || instant > MAX_INSTANT) {
    throw new RangeError(`'${text}' is outside the years 0001 to 9999 in UTC`);
  }
  return instant;
}
