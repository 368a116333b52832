const DAY_MS = 86_400_000;

/** Listings name the same few days again and again: their texts are kept, so many at most. */
const MAX_DAYS = 4_096;

const dayTexts = new Map<number, string>();

const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/**
 * `2026-03-29T10:00:00` for milliseconds since 1970, whole seconds; a wall clock is given as if it were
 * UTC. The year must be 0000 to 9999. Date's own toISOString costs ten times as much, and a listing
 * prints 30 of these.
 */
export function formatDateTime(ms: number): string {
  const day = Math.floor(ms / DAY_MS);
  const seconds = Math.floor((ms - day * DAY_MS) / 1000);
  const hh = TWO_DIGITS[Math.floor(seconds / 3600)];
  const mm = TWO_DIGITS[Math.floor(seconds / 60) % 60];
  return `${formatDay(day)}T${hh}:${mm}:${TWO_DIGITS[seconds % 60]}`;
}

/** `2026-03-29` for days since 1970. */
function formatDay(day: number): string {
  const known = dayTexts.get(day);
  if (known !== undefined) return known;
  const text = new Date(day * DAY_MS).toISOString().slice(0, 10);
  if (dayTexts.size >= MAX_DAYS) dayTexts.clear();
  dayTexts.set(day, text);
  return text;
}
