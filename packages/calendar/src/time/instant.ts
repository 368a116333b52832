import { formatDateTime } from './date-time-text.ts';

declare const instantBrand: unique symbol;

/**
 * A moment, in whole milliseconds since 1970-01-01T00:00:00Z (POSIX time, no leap seconds).
 * Events begin and end at whole seconds. A number, not a Temporal.Instant: see docs/adr/0003.
 */
export type Instant = number & { readonly [instantBrand]: true };

/** 0001-01-01T00:00:00Z, the earliest instant that is taken (RFC 3339 has four-digit years). */
export const MIN_INSTANT = -62_135_596_800_000 as Instant;

/** 9999-12-31T23:59:59Z, the latest instant that is taken. */
export const MAX_INSTANT = 253_402_300_799_000 as Instant;

/** A half-open interval `[start, end)` of time. */
export interface Interval {
  readonly start: Instant;
  readonly end: Instant;
}

export function toInstant(epochMs: number): Instant {
  return epochMs as Instant;
}

/** `2026-03-29T08:00:00Z`: RFC 3339 in UTC, whole seconds. */
export function formatUtc(instant: Instant): string {
  return `${formatDateTime(instant)}Z`;
}
