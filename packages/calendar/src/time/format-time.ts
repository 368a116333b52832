import { formatDateTime } from './date-time-text.ts';
import { formatUtc, type Instant } from './instant.ts';
import type { TimeZoneId } from './time-zone.ts';
import { offsetAt } from './zone-offsets.ts';

const MINUTE_MS = 60_000;

/**
 * RFC 3339 with the zone's offset then: `2026-03-29T10:00:00+02:00`. RFC 3339 offsets have whole minutes
 * and years four digits, so where the zone's local form has neither, the UTC form is given.
 */
export function formatZoned(zone: TimeZoneId, instant: Instant): string {
  const offsetMs = offsetAt(zone, instant);
  const local = instant + offsetMs;
  if (offsetMs % MINUTE_MS !== 0 || local < -62_135_596_800_000 || local > 253_402_300_799_000) {
    return formatUtc(instant);
  }
  return `${formatDateTime(local)}${formatOffset(offsetMs)}`;
}

/** `2026-03-29T10:00:00`: a wall-clock time that is given as if it were UTC. */
export function formatLocal(localMs: number): string {
  return formatDateTime(localMs);
}

const offsetTexts = new Map<number, string>();

function formatOffset(offsetMs: number): string {
  if (offsetMs === 0) return 'Z';
  const known = offsetTexts.get(offsetMs);
  if (known) return known;
  const minutes = Math.abs(offsetMs) / MINUTE_MS;
  const hh = String(Math.trunc(minutes / 60)).padStart(2, '0');
  const mm = String(minutes % 60).padStart(2, '0');
  const text = `${offsetMs < 0 ? '-' : '+'}${hh}:${mm}`;
  offsetTexts.set(offsetMs, text);
  return text;
}
