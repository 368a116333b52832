import type { Temporal } from 'temporal-polyfill';
import { toInstantMs } from '../../time/day-range.ts';
import { inZone } from '../../time/span.ts';

/** A half-open interval in epoch milliseconds. */
export interface Slot {
  readonly startMs: number;
  readonly endMs: number;
}

/** Meetings begin at round times. */
const STEP_MS = 15 * 60_000;
const FIRST_HOUR = 8;
const LAST_HOUR = 20;

export interface SlotSearch {
  readonly wish: Slot;
  /** In order, merged. */
  readonly busy: readonly Slot[];
  /** Nothing before it is offered. */
  readonly nowMs: number;
  readonly zone: string;
  /** How many days to both sides of the wish are looked at. */
  readonly days: number;
  readonly count: number;
}

/**
 * The free times nearest to the wish and as long, before and after it, in the hours in which people meet; a wish
 * outside of them widens them. On other days they lie as near as can be to the same time of day.
 */
export function findFreeSlots({ wish, busy, nowMs, zone, days, count }: SlotSearch): readonly Slot[] {
  const lengthMs = wish.endMs - wish.startMs;
  const wished = inZone(wish.startMs, zone);
  const offsets = Array.from({ length: days * 2 + 1 }, (_, i) => i - days);
  const windows = offsets.map((offset) => windowOf(wished.toPlainDate().add({ days: offset }), wish, zone));
  return windows
    .flatMap((window) =>
      subtract(window, busy)
        .map((free) => ({ ...free, startMs: ceil(Math.max(free.startMs, nowMs)) }))
        .flatMap((free) => candidates(free, window.wishMs, lengthMs)),
    )
    .sort((a, b) => Math.abs(a - wish.startMs) - Math.abs(b - wish.startMs))
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((startMs) => ({ startMs, endMs: startMs + lengthMs }));
}

/** The start in a free time that is nearest to the wish; none where the steps do not fit in. */
function candidates(free: Slot, wishMs: number, lengthMs: number): readonly number[] {
  const last = Math.floor((free.endMs - lengthMs) / STEP_MS) * STEP_MS;
  if (last < free.startMs) return [];
  return [Math.min(Math.max(wishMs, free.startMs), last)];
}

/** The hours of a day, and the time of the wish on it. */
function windowOf(date: Temporal.PlainDate, wish: Slot, zone: string): Slot & { readonly wishMs: number } {
  const minutes = (ms: number): number => inZone(ms, zone).hour * 60 + inZone(ms, zone).minute;
  const lengthMinutes = (wish.endMs - wish.startMs) / 60_000;
  const start = Math.min(FIRST_HOUR * 60, minutes(wish.startMs));
  const end = Math.max(LAST_HOUR * 60, minutes(wish.startMs) + lengthMinutes);
  return {
    startMs: toInstantMs(date, start, zone),
    endMs: toInstantMs(date, end, zone),
    wishMs: toInstantMs(date, minutes(wish.startMs), zone),
  };
}

function subtract(window: Slot, busy: readonly Slot[]): readonly Slot[] {
  const free: Slot[] = [];
  let from = window.startMs;
  for (const { startMs, endMs } of busy) {
    if (endMs <= from || startMs >= window.endMs) continue;
    if (startMs > from) free.push({ startMs: from, endMs: startMs });
    from = Math.max(from, endMs);
  }
  if (from < window.endMs) free.push({ startMs: from, endMs: window.endMs });
  return free;
}

function ceil(ms: number): number {
  return Math.ceil(ms / STEP_MS) * STEP_MS;
}
