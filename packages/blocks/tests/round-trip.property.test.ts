import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CELL, decodeRow, encodeBlock, encodeRow, openBlock, type Column } from '../src/index.ts';
import { anyColumn, anyStates, bitsOf } from './arbitraries.ts';

describe('blocks', () => {
  it('should always give every double of a column back with the same bits', () => {
    fc.assert(
      fc.property(anyColumn, (values) => {
        const block = openBlock(received(encodeBlock([{ values }])));

        const read = new Float64Array(values.length);
        expect(block.readColumn(0, read)).toBeUndefined();
        expect(bitsOf(read)).toEqual(bitsOf(values));
      }),
      { numRuns: 3000 },
    );
  });

  it('should always give the states of cells back, and the values of those that have one', () => {
    const column = anyColumn.chain((values) =>
      anyStates(values.length).map((states) => ({ values, states })),
    );
    fc.assert(
      fc.property(column, ({ values, states }) => {
        const block = openBlock(encodeBlock([{ values, states }]));

        const read = new Float64Array(values.length);
        const readStates = block.readColumn(0, read) ?? new Uint8Array(values.length);
        expect(readStates).toEqual(states ?? new Uint8Array(values.length));
        const present = (_: unknown, i: number) => readStates[i] === CELL.value;
        expect(bitsOf(read).filter(present)).toEqual(bitsOf(values).filter(present));
      }),
      { numRuns: 1000 },
    );
  });

  it('should always give the first cells of a column alone as they are in the whole', () => {
    const column = anyColumn.chain((values) =>
      fc.tuple(
        fc.constant(values),
        anyStates(values.length),
        fc.integer({ min: 0, max: values.length }),
        fc.boolean(),
      ),
    );
    fc.assert(
      fc.property(column, ([values, states, count, isCopy]) => {
        // As a copy of the column before it, too.
        const block = openBlock(
          encodeBlock(Array.from({ length: isCopy ? 2 : 1 }, () => ({ values, states }))),
        );
        const whole = new Float64Array(values.length);
        const wholeStates = block.readColumn(block.columns - 1, whole);

        const first = new Float64Array(count);
        expect(block.readColumn(block.columns - 1, first)).toBe(wholeStates);
        expect(bitsOf(first)).toEqual(bitsOf(whole.slice(0, count)));
      }),
      { numRuns: 3000 },
    );
  });

  it('should always read each column of many by itself, in any order, copies and shared maps included', () => {
    const block = fc.array(anyColumn, { minLength: 1, maxLength: 6 }).chain((columns) => {
      const cells = Math.min(...columns.map(({ length }) => length));
      const trimmed = columns.map((values) => values.slice(0, cells));
      return fc.tuple(
        fc.array(fc.tuple(fc.constantFrom(...trimmed), anyStates(cells)), { minLength: 1, maxLength: 12 }),
        fc.infiniteStream(fc.nat()),
      );
    });
    fc.assert(
      fc.property(block, ([pairs, order]) => {
        const columns: readonly Column[] = pairs.map(([values, states]) => ({ values, states }));
        const opened = openBlock(encodeBlock(columns));

        for (const pick of order.take(columns.length)) {
          const index = pick % columns.length;
          const { values, states } = columns[index] as Column;
          const read = new Float64Array(values.length);
          const readStates = opened.readColumn(index, read);
          const present = (_: unknown, i: number) => (states?.[i] ?? CELL.value) === CELL.value;
          expect(readStates ?? new Uint8Array(values.length)).toEqual(
            states ?? new Uint8Array(values.length),
          );
          expect(bitsOf(read).filter(present)).toEqual(bitsOf(values).filter(present));
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('rows', () => {
  it('should always give cells back with the same bits and states', () => {
    const row = anyColumn.chain((values) => anyStates(values.length).map((states) => ({ values, states })));
    fc.assert(
      fc.property(row, ({ values, states }) => {
        const read = new Float64Array(values.length);
        const readStates = new Uint8Array(values.length).fill(9);

        const isComplete = decodeRow(received(encodeRow(values, states)), read, readStates);

        const expected = states ?? new Uint8Array(values.length);
        expect(readStates).toEqual(expected);
        expect(isComplete).toBe(expected.every((state) => state === CELL.value));
        const present = (_: unknown, i: number) => expected[i] === CELL.value;
        expect(bitsOf(read).filter(present)).toEqual(bitsOf(values).filter(present));
      }),
      { numRuns: 3000 },
    );
  });
});

/** As bytes arrive from a database: a Buffer somewhere inside of a larger memory. */
function received(bytes: Uint8Array): Uint8Array {
  const memory = Buffer.alloc(bytes.length + 13, 0xee);
  memory.set(bytes, 5);
  return memory.subarray(5, 5 + bytes.length);
}
