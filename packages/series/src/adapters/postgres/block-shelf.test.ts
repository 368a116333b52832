import { encodeBlock, type Column } from '@daywatch/blocks';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { BlockShelf } from './block-shelf.ts';
import { readPiece, type OpenedBlock, type Piece } from './open-blocks.ts';
import type { BlockRow } from './sql/read-blocks.ts';

const CELLS = 6000;
const WINDOW = 10;

const counter: Column = { values: Float64Array.from({ length: CELLS }, (_, i) => i * i) };
const constant: Column = { values: new Float64Array(CELLS).fill(7) };
const patchy: Column = {
  values: Float64Array.from({ length: CELLS }, (_, i) => i),
  states: Uint8Array.from({ length: CELLS }, (_, i) => (i % 500 < 100 ? 2 : 0)),
};

/** A block that is told from others by its part. */
function encodeAt(part: number, columns: readonly Column[]): BlockRow {
  const data = encodeBlock(columns);
  return { source_id: 1, part, from_ms: 0, to_ms: CELLS, number: 1, layout_id: 1, encoding: 1, data };
}

function walkOver(columns: number): readonly { readonly source: number }[] {
  return Array.from({ length: columns }, () => ({ source: 1 }));
}

function open(shelf: BlockShelf, columns: readonly Column[], wanted: number): OpenedBlock {
  return shelf.openerFor(walkOver(wanted)).open(encodeAt(columns.length, columns));
}

/** What a piece says of a cell. */
function cellOf({ first, values, states, isConstant }: Piece, cell: number): readonly (number | undefined)[] {
  const state = states?.[cell - first] ?? 0;
  return [state, state === 0 ? values[isConstant ? 0 : cell - first] : undefined];
}

/** How often a walk, window by window, unpacks the column. */
function countUnpackings(opened: OpenedBlock, column: number): number {
  const pieces = new Set<Piece>();
  for (let first = 0; first < CELLS; first += WINDOW) {
    pieces.add(opened.read(column, { first, end: first + WINDOW }));
  }
  return pieces.size;
}

it('should unpack a column a few times, and not once for each window', () => {
  // Ten cells, then twice as many each time: 20, 60, 140, … 5,100.
  expect(countUnpackings(open(new BlockShelf(), [counter], 1), 0)).toBe(9);
});

it('should hold fewer cells of each column where there are many, and none where there are too many', () => {
  const few = countUnpackings(open(new BlockShelf(), [counter], 10_000), 0);
  expect(few).toBeGreaterThan(30);
  expect(few).toBeLessThan(100);
  expect(countUnpackings(open(new BlockShelf(), [counter], 1_000_000), 0)).toBe(CELLS / WINDOW);
});

it('should hold more cells where most columns are constant and take one', () => {
  const shelf = new BlockShelf();
  const before = countUnpackings(open(shelf, [counter], 10_000), 0);
  const constants = Array.from({ length: 5000 }, () => constant);
  const opened = open(shelf, constants, 1);
  for (const column of constants.keys()) opened.read(column, { first: 0, end: 1 });

  const fresh = encodeAt(2, [counter]);
  const after = countUnpackings(shelf.openerFor(walkOver(10_000)).open(fresh), 0);

  expect(after).toBeLessThan(before / 3);
});

it('should open every block that it has called known, whatever has taken its place meanwhile', () => {
  const bytes = encodeAt(0, [patchy]).data?.length ?? 0;
  // Some room for what an entry takes beside its bytes: two blocks, not three.
  const shelf = new BlockShelf(2.9 * (bytes + 200));
  for (const part of [1, 2, 3]) shelf.openerFor(walkOver(1)).open(encodeAt(part, [patchy]));
  const opener = shelf.openerFor(walkOver(1));
  const known = opener.known(0, CELLS);
  expect(known).toHaveLength(2);

  // Another walk, and the block that this one was sent, take the place of both.
  for (const part of [4, 5, 6]) shelf.openerFor(walkOver(1)).open(encodeAt(part, [patchy]));

  for (const name of known) {
    const opened = opener.open({ ...name, layout_id: 1, encoding: 1, data: null });
    expect(cellOf(opened.read(0, { first: 109, end: 110 }), 109)).toEqual([0, 109]);
  }
});

it('should let two walk through the same columns at once', () => {
  const opened = open(new BlockShelf(), [counter], 1);
  const pieces = new Set<Piece>();
  for (let at = 0; at < CELLS / 2; at += WINDOW) {
    for (const first of [at, at + CELLS / 2]) pieces.add(opened.read(0, { first, end: first + WINDOW }));
  }
  expect(pieces.size).toBeLessThan(12);
});

it('should always give the cells that reading the whole column gives', () => {
  const columns = [counter, constant, patchy];
  const windows = fc.array(
    fc.tuple(
      fc.nat({ max: columns.length - 1 }),
      fc.nat({ max: CELLS - 1 }),
      fc.integer({ min: 1, max: 900 }),
    ),
    { maxLength: 20 },
  );
  const shelf = new BlockShelf();
  const opened = open(shelf, columns, 3);
  fc.assert(
    fc.property(windows, (asked) => {
      for (const [column, first, length] of asked) {
        const end = Math.min(first + length, CELLS);
        const piece = opened.read(column, { first, end });
        // Compared before the next reading, which takes the same memory.
        const whole = readPiece(opened.block, column, CELLS);
        for (let cell = first; cell < end; cell++) expect(cellOf(piece, cell)).toEqual(cellOf(whole, cell));
      }
    }),
    { numRuns: 20 },
  );
});
