import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { CELL } from '../cell.ts';
import { DamagedBlockError } from '../errors.ts';

/** Which cells of a column have a value, as runs of equal states. Most columns need none: they are complete. */
export function writeCellMap(out: ByteWriter, states: Uint8Array): void {
  let start = 0;
  for (let end = 1; end <= states.length; end++) {
    if (end < states.length && states[end] === states[start]) continue;
    out.varint((end - start) * 4 + (states[start] as number));
    start = end;
  }
}

/** @throws DamagedBlockError where the runs do not add up to `cells`. */
export function readCellMap(reader: ByteReader, cells: number): Uint8Array {
  const states = new Uint8Array(cells);
  let at = 0;
  while (at < cells) {
    const run = reader.varint();
    const state = run % 4;
    const length = Math.floor(run / 4);
    if (length === 0 || length > cells - at || state > CELL.absent) {
      throw new DamagedBlockError(
        `a map of ${cells} cells has a run of ${length} cells in state ${state} at cell ${at}`,
      );
    }
    states.fill(state, at, at + length);
    at += length;
  }
  return states;
}

export function countValues(states: Uint8Array): number {
  let count = 0;
  for (const state of states) if (state === CELL.value) count += 1;
  return count;
}

export function isComplete(states: Uint8Array): boolean {
  // A loop: this runs over every cell of every block that is packed.
  for (let i = 0; i < states.length; i++) if (states[i] !== CELL.value) return false;
  return true;
}
