import type { ReadingBatch } from '../../reading/list-readings.ts';

/** About as long as a piece of the answer is: enough to be sent at once, and little to hold. */
const PIECE_LENGTH = 65_536;

/** Prints readings as elements of a JSON array, separated by commas, in pieces. `JSON.stringify` has no NaN and no -0. */
export function* printReadings(batch: ReadingBatch): Generator<string> {
  const { count, series, seriesAt, timestampsMs, values, ids } = batch;
  // What the readings of a series have in common is spelled once.
  const middles = series.map(({ name }) => `","name":${JSON.stringify(name)},"value":`);
  const ends = series.map(({ target }) => `,"target":${JSON.stringify(Object.fromEntries(target))}}`);
  let piece = '';
  let spelledMs = NaN;
  let spelled = '';
  for (let i = 0; i < count; i++) {
    const timestampMs = timestampsMs[i] as number;
    if (timestampMs !== spelledMs) {
      spelledMs = timestampMs;
      spelled = formatTimestamp(timestampMs);
    }
    const at = seriesAt[i] as number;
    const separator = i === 0 ? '' : ',\n';
    piece += `${separator}{"id":${ids[i]},"timestamp":"${spelled}${middles[at]}${printValue(values[i] as number)}${ends[at]}`;
    if (piece.length >= PIECE_LENGTH) {
      yield piece;
      piece = '';
    }
  }
  if (piece !== '') yield piece;
}

/** `2026-11-23T09:00:00.000Z`. */
export function formatTimestamp(timestampMs: number): string {
  return new Date(timestampMs).toISOString();
}

/** A value as JSON. */
function printValue(value: number): string {
  return Number.isFinite(value)
    ? Object.is(value, -0)
      ? '-0'
      : String(value)
    : JSON.stringify(nameNonFinite(value));
}

/** What stands for a value that JSON cannot carry. */
export function nameNonFinite(value: number): 'NaN' | '+Inf' | '-Inf' {
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
}
