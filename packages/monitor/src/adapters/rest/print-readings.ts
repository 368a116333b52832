import type { ReadingBatch, ReadingSeries } from '../../reading/list-readings.ts';

/** How long a piece of the answer is: enough to be sent at once, and little to hold. */
const PIECE_BYTES = 65_536;
/** What a separator, an id, a time and a value take at most. */
const VARIABLE_BYTES = 128;

/**
 * Prints readings as elements of a JSON array, separated by commas, in pieces. `JSON.stringify` has no NaN and no -0. They
 * are written as bytes right away: a text that is put together reading by reading costs much more than itself.
 */
export function* printReadings(batch: ReadingBatch): Generator<Buffer> {
  const { count, series, order, seriesAt, timestampsMs, values, ids } = batch;
  const spellings = series.map(spell);
  let piece = Buffer.allocUnsafe(PIECE_BYTES);
  let length = 0;
  let spelledMs = NaN;
  let time = '';
  for (let i = 0; i < count; i++) {
    const at = order[i] as number;
    const { middle, end } = spellings[seriesAt[at] as number] as Spelling;
    const most = length + VARIABLE_BYTES + middle.length + end.length;
    if (most > piece.length) {
      yield piece.subarray(0, length);
      piece = Buffer.allocUnsafe(Math.max(PIECE_BYTES, most - length));
      length = 0;
    }
    const timestampMs = timestampsMs[at] as number;
    if (timestampMs !== spelledMs) {
      spelledMs = timestampMs;
      time = `,"timestamp":"${formatTimestamp(timestampMs)}`;
    }
    length += piece.write(i === 0 ? '{"id":' : ',\n{"id":', length, 'latin1');
    length += piece.write(String(ids[at]), length, 'latin1');
    length += piece.write(time, length, 'latin1');
    piece.set(middle, length);
    length += middle.length;
    length += piece.write(printValue(values[at] as number), length, 'latin1');
    piece.set(end, length);
    length += end.length;
  }
  if (length > 0) yield piece.subarray(0, length);
}

interface Spelling {
  /** Between the time and the value. */
  readonly middle: Buffer;
  /** Behind the value. */
  readonly end: Buffer;
}

/** What the readings of a series have in common is spelled once for all batches of a listing. */
const spelled = new WeakMap<ReadingSeries, Spelling>();

function spell(series: ReadingSeries): Spelling {
  const known = spelled.get(series);
  if (known) return known;
  const spelling = {
    middle: Buffer.from(`","name":${JSON.stringify(series.name)},"value":`),
    end: Buffer.from(`,"target":${JSON.stringify(Object.fromEntries(series.target))}}`),
  };
  spelled.set(series, spelling);
  return spelling;
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
