import fc from 'fast-check';
import { expect, it } from 'vitest';

import { DamagedBlockError, decodeRow, encodeBlock, encodeRow, openBlock } from '../src/index.ts';
import { anyColumn, anyStates } from './arbitraries.ts';

/** Reads all that a block claims to hold. Anything but an answer or a `DamagedBlockError` fails the test. */
function readAll(bytes: Uint8Array): 'read' | 'refused' {
  try {
    const block = openBlock(bytes);
    const values = new Float64Array(block.cells);
    // As many as a caller would read: a few hundred bytes may claim many columns of many cells.
    for (let i = 0; i < Math.min(block.columns, 50); i++) block.readColumn(i, values);
    return 'read';
  } catch (error) {
    if (error instanceof DamagedBlockError) return 'refused';
    throw error;
  }
}

const damagedBlock = fc
  .tuple(
    fc.array(anyColumn, { minLength: 1, maxLength: 3 }).chain((columns) => {
      const cells = Math.min(...columns.map(({ length }) => length));
      return fc.tuple(
        ...columns.map((values) =>
          anyStates(cells).map((states) => ({ values: values.slice(0, cells), states })),
        ),
      );
    }),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 4 }),
    fc.nat(),
  )
  .map(([columns, changes, cut]) => {
    const bytes = encodeBlock(columns);
    for (const [at, value] of changes) bytes[at % bytes.length] = value;
    return cut % 3 === 0 ? bytes.subarray(0, cut % (bytes.length + 1)) : bytes;
  });

it('should never crash or hang on a damaged block', () => {
  fc.assert(
    fc.property(damagedBlock, (bytes) => void readAll(bytes)),
    { numRuns: 3000 },
  );
});

it('should never crash or hang on bytes that were no block', () => {
  const anyBytes = fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.of(1, ...bytes));
  fc.assert(
    fc.property(anyBytes, (bytes) => void readAll(bytes)),
    { numRuns: 5000 },
  );
});

it('should never crash or hang on bytes that were no row', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 500 }), (bytes, cells) => {
      try {
        decodeRow(bytes, new Float64Array(cells), new Uint8Array(cells));
      } catch (error) {
        if (!(error instanceof DamagedBlockError)) throw error;
      }
    }),
    { numRuns: 5000 },
  );
});

it('should notice nearly every changed byte inside of a packed column', () => {
  const noise = Float64Array.from({ length: 300 }, (_, i) => Math.imul(i, 0x9e3779b1) >>> 12);
  const whole = encodeBlock([{ values: noise }]);
  let noticed = 0;
  const tried = whole.length - 20;

  for (let at = 10; at < 10 + tried; at++) {
    const bytes = whole.slice();
    bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    if (readAll(bytes) === 'refused') noticed += 1;
  }

  expect(noticed / tried).toBeGreaterThan(0.97);
});

it('should say what is wrong, and where', () => {
  const block = encodeBlock([{ values: Float64Array.of(1, 2, 3) }]);
  expect(() => openBlock(new Uint8Array())).toThrow('0 bytes are too few: 1 more are needed at byte 0');
  expect(() => openBlock(Uint8Array.of(7))).toThrow('a block begins with its version, 1; here stands 7');
  expect(() => openBlock(block.subarray(0, -1))).toThrow(/has \d+ bytes of columns, and lists \d+/);
  expect(() => openBlock(block).readColumn(1, new Float64Array(3))).toThrow(
    'column 1 is not in a block of 1',
  );
  const row = encodeRow(Float64Array.of(1, 2));
  expect(() => decodeRow(row, new Float64Array(1), new Uint8Array(1))).toThrow(
    '1 bytes follow a row of 1 cells',
  );
});

it('should refuse columns that no block can hold', () => {
  const three = Float64Array.of(1, 2, 3);
  expect(() => encodeBlock([{ values: three }, { values: three.slice(1) }])).toThrow(
    'column 1 has 2 values and 2 states: each column of this block has 3',
  );
  expect(() => encodeBlock([{ values: three, states: Uint8Array.of(0, 0, 3) }])).toThrow('an unknown state');
  expect(() => encodeBlock([{ values: new Float64Array(2 ** 16 + 1) }])).toThrow('too many');
  expect(() => encodeRow(three, new Uint8Array(2))).toThrow('a row of 3 values and 2 states');
});
