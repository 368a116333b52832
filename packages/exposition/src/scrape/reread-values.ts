import type { LineReader } from '../line/line-reader.ts';
import { hasSameBytes } from './same-bytes.ts';
import type { Template } from './template.ts';

/**
 * Reads a text whose series are those of the template, in the same order, and gives the template of this text;
 * undefined where anything but a value differs. Costs a comparison of the bytes and the numbers that changed.
 */
export function rereadValues(reader: LineReader, before: Template): Template | undefined {
  const { headLengths, columns } = before;
  const text = reader.view;
  const values = before.values.slice();
  const valueLengths = before.valueLengths.slice();
  let timestampsMs = before.timestampsMs?.slice();
  let at = 0;
  let beforeAt = 0;
  for (let record = 0; record < headLengths.length; record += 1) {
    const head = headLengths[record] as number;
    const length = valueLengths[record] as number;
    // Past the head there is at least one byte of a value.
    if (at + head >= reader.end || !hasSameBytes(text, at, before.text, beforeAt, head)) return undefined;
    at += head;
    beforeAt += head;
    if (at + length <= reader.end && hasSameBytes(text, at, before.text, beforeAt, length)) {
      at += length;
    } else {
      reader.at = at;
      reader.readValue();
      valueLengths[record] = reader.at - at;
      at = reader.at;
      const column = columns[record] as number;
      if (column >= 0) {
        values[column] = reader.value;
        if (timestampsMs) timestampsMs[column] = reader.timestampMs;
        else if (!Number.isNaN(reader.timestampMs)) {
          timestampsMs = new Float64Array(values.length).fill(Number.NaN);
          timestampsMs[column] = reader.timestampMs;
        }
      }
    }
    beforeAt += length;
  }
  const tail = before.tailLength;
  if (reader.end - at !== tail || !hasSameBytes(text, at, before.text, beforeAt, tail)) return undefined;
  if (timestampsMs?.every(Number.isNaN)) timestampsMs = undefined;
  return { ...before, text, valueLengths, values, timestampsMs };
}
