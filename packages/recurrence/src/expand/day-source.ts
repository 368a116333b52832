/**
 * The days of a rule in chunks (a year, a month, a week, or a run of days), numbered from 0 at DTSTART's, so
 * that a cursor can begin at any of them. Chunks that INTERVAL passes over have no number.
 */
export interface DaySource {
  /** How far a chunk's days may lie outside it, on either side: 0 unless SKIP moves dates. */
  readonly slackDays: number;
  /** How many days every chunk has, where that is the same for all. */
  readonly uniformDays: number | undefined;
  /** The most days that a chunk can have. */
  readonly mostDays: number;
  /** After how many chunks the number of days in each repeats, with the 400 years of the Gregorian calendar. */
  readonly cycleChunks: number;
  /** The first chunk that may have a day on or after this one; never negative. */
  chunkAt(day: number): number;
  /** First day of the chunk's period. */
  startOf(chunk: number): number;
  /** Replaces `days` by the chunk's days, ascending and distinct; returns the steps that it took. */
  fill(chunk: number, days: number[]): number;
  /** Chunks with one signature have the same number of days; -1 where nothing is known. */
  signature(chunk: number): number;
}

/** Sorts in place and drops duplicates: BY parts may reach one day or position in two ways. */
export function sortDistinct(days: number[]): void {
  let isSorted = true;
  for (let index = 1; index < days.length; index += 1) {
    if ((days[index] as number) <= (days[index - 1] as number)) {
      isSorted = false;
      break;
    }
  }
  if (isSorted) {
    return;
  }
  days.sort((a, b) => a - b);
  let kept = 1;
  for (let index = 1; index < days.length; index += 1) {
    if (days[index] !== days[kept - 1]) {
      days[kept] = days[index] as number;
      kept += 1;
    }
  }
  days.length = kept;
}
