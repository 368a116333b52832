/** A half-open interval `[start, end)` in milliseconds since 1970. */
export interface Slot {
  readonly start: number;
  readonly end: number;
}

/**
 * What is free of the windows for at least a length.
 * @param windows in order, not overlapping.
 * @param busy in any order, also overlapping.
 */
export function findFreeSlots(
  windows: readonly Slot[],
  busy: readonly Slot[],
  lengthMs: number,
): readonly Slot[] {
  const taken = [...busy].sort((a, b) => a.start - b.start);
  const free: Slot[] = [];
  for (const window of windows) {
    let from = window.start;
    for (const { start, end } of taken) {
      if (end <= from || start >= window.end) continue;
      if (start - from >= lengthMs && start > from) free.push({ start: from, end: start });
      from = Math.max(from, end);
    }
    if (window.end - from >= lengthMs && window.end > from) free.push({ start: from, end: window.end });
  }
  return free;
}

/** What is busy without one interval: an event that is moved does not stand in its own way. */
export function withoutSlot(busy: readonly Slot[], out: Slot): readonly Slot[] {
  return busy
    .flatMap(({ start, end }) => [
      { start, end: Math.min(end, out.start) },
      { start: Math.max(start, out.end), end },
    ])
    .filter(({ start, end }) => start < end);
}
