import { abbreviate } from './plain-date.ts';

declare const timeZoneBrand: unique symbol;

/** An IANA time zone that the runtime's database knows, spelled as the database spells it. */
export type TimeZoneId = string & { readonly [timeZoneBrand]: true };

export const UTC = 'UTC' as TimeZoneId;

/** The version of the time-zone database that everything here is computed with, for example `2026c`. */
export const TZDB_VERSION: string = timeZoneDatabaseVersion();

const known = new Map<string, TimeZoneId>();
const MAX_KNOWN = 2_000;

/**
 * Reads the name of an IANA zone, in any case; `UTC` is one. Offsets such as `+02:00` are none: they
 * are no home for a wall clock.
 * @throws RangeError that names the value and what is allowed.
 */
export function parseTimeZone(text: string): TimeZoneId {
  const cached = known.get(text);
  if (cached) return cached;
  const zone = lookUpZone(text);
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(text, zone);
  return zone;
}

const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+/-]{0,63}$/;

function lookUpZone(text: string): TimeZoneId {
  if (ZONE_NAME.test(text)) {
    try {
      const resolved = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
      // The runtime may answer with another name of the same zone: keep what the user calls it.
      return (resolved.toLowerCase() === text.toLowerCase() ? resolved : text) as TimeZoneId;
    } catch {
      // Fall through: the runtime does not know it.
    }
  }
  throw new RangeError(
    `'${abbreviate(text)}' is no known time zone; allowed are IANA names such as Europe/Berlin or UTC`,
  );
}

function timeZoneDatabaseVersion(): string {
  const versions = (globalThis as { process?: { versions?: Record<string, string | undefined> } }).process
    ?.versions;
  return versions?.['tz'] ?? 'unknown';
}
