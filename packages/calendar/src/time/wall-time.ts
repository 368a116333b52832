import { formatLocal, formatZoned } from './format-time.ts';
import { toInstant, type Instant } from './instant.ts';
import { resolveLocal, toLocalMs } from './local-time.ts';
import type { TimeZoneId } from './time-zone.ts';

declare const wallTimeBrand: unique symbol;

/**
 * What a clock on the wall shows, as text: `2026-10-25T02:30:00`, or a date `2026-10-25`. Where clocks
 * show that time twice and the later is meant, its offset follows in seconds: `2026-10-25T02:30:00[3600]`.
 */
export type WallTime = string & { readonly [wallTimeBrand]: true };

const WALL_TIME = /^(\d{4}-\d{2}-\d{2})(?:T(\d{2}:\d{2}:\d{2})(?:\[(-?\d+)\])?)?$/;

/** What clocks in the zone show at the instant. */
export function toWallTime(zone: TimeZoneId, instant: Instant): WallTime {
  const localMs = toLocalMs(zone, instant);
  const text = formatLocal(localMs);
  const isEarlier = resolveForward(zone, localMs) === instant;
  return (isEarlier ? text : `${text}[${(localMs - instant) / 1000}]`) as WallTime;
}

/** The wall-clock time that is given as if it were UTC; the earlier where clocks show it twice. */
export function localToWallTime(localMs: number): WallTime {
  return formatLocal(localMs) as WallTime;
}

/** The date of a wall-clock time that is given as if it were UTC. */
export function dateToWallTime(localMs: number): WallTime {
  return formatLocal(localMs).slice(0, 10) as WallTime;
}

/**
 * When clocks in the zone show that time: of two the earlier, unless the later is meant; one that a clock
 * change removes is read with the offset before it, which moves it forward (RFC 5545 section 3.3.5).
 */
export function resolveWallTime(zone: TimeZoneId, wall: WallTime): Instant {
  const { localMs, offsetMs } = readWallTime(wall);
  if (offsetMs !== undefined) {
    const later = toInstant(localMs - offsetMs);
    if (toLocalMs(zone, later) === localMs) return later;
  }
  return resolveForward(zone, localMs);
}

/** The wall-clock time as if it were UTC; midnight for a date. */
export function wallTimeToLocalMs(wall: WallTime): number {
  return readWallTime(wall).localMs;
}

/** RFC 3339 with the zone's offset then, or the date. */
export function formatWallTime(zone: TimeZoneId, wall: WallTime): string {
  return isWallDate(wall) ? wall : formatZoned(zone, resolveWallTime(zone, wall));
}

function isWallDate(wall: WallTime): boolean {
  return !wall.includes('T');
}

/** Resolves a wall-clock time that is given as if it were UTC; in a gap it moves forward by the gap. */
export function resolveForward(zone: TimeZoneId, localMs: number): Instant {
  const resolution = resolveLocal(zone, localMs);
  if (resolution.kind === 'instant') return resolution.instant;
  return toInstant(resolution.after + localMs - resolution.gapStartMs);
}

function readWallTime(wall: WallTime): { readonly localMs: number; readonly offsetMs: number | undefined } {
  const [, date = '', time = '00:00:00', offset] = WALL_TIME.exec(wall) ?? [];
  const localMs = Date.parse(`${date}T${time}Z`);
  if (Number.isNaN(localMs)) throw new TypeError(`'${wall}' is no wall-clock time`);
  return { localMs, offsetMs: offset === undefined ? undefined : Number(offset) * 1000 };
}
