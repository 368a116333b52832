import { expect, it } from 'vitest';

import { CELL, decodeRow, encodeBlock, encodeRow, openBlock, type Column } from '../src/index.ts';
import { bitsOf } from './arbitraries.ts';

/**
 * Blocks that were written once must be read for ever: these bytes may only be added to, never changed. That the
 * encoder still makes them is no promise of the format; it shows that a change of it was meant.
 */
const BLOCKS: readonly (readonly [name: string, columns: readonly Column[], hex: string])[] = [
  ['a constant integer', [column(7, 7, 7)], '0103010004000e'],
  ['a constant that is no integer', [column(-0, -0)], '0102010012010000000000000080'],
  ['a counter', [column(1, 3, 5, 9, 9, 9, 14)], '010701001402010002015f6d6e77d2'],
  ['decimals', [column(0.25, 0.5, 0.125, 1e-7)], '0104010022020007020134f8567e3dadbd51d9edfddd'],
  [
    'milliseconds, multiplied',
    [column(17 * 0.001, 18 * 0.001, 29 * 0.001)],
    '010301001402040322015f97c66480',
  ],
  [
    'microseconds, divided twice',
    [column(77 / 1000 / 1000, 114_131 / 1000 / 1000)],
    '01020100140200069a0186fb065fa9',
  ],
  [
    'times in full precision',
    [column(1795308572.1098, 1795308587.109917, 1795308602.1097)],
    '0103010028020206d0af9f9bdbb4b0060159c2311a9d602c35',
  ],
  [
    'floats',
    [column(Math.PI, -Infinity, NaN, 5e-324, Math.E)],
    '010501004c037eefc0921fb54442d1fb7e56e6bc892a4ee0ba422375b0630000000013bd545d0d1f84ae24',
  ],
  ['pages of memory', [column(4096, 40960, 8192, 8192)], '0104010018020000804080205efbaca380'],
  [
    'a copy, gaps and an empty column',
    [
      { values: Float64Array.of(5, 6.5, 100, 7, 1e6, 3, 9), states: states('v..sv v') },
      column(11, 13.5, 12, 100, 1e6, 3, 9),
      column(11, 13.5, 12, 100, 1e6, 3, 9),
      { values: Float64Array.of(0, 0, 0, 0, 0, 0, 0), states: states('       ') },
    ],
    '01070402040a050406041e1700240403010200000a015ac9d1dbf23e0200013c053d6501ae83d30f39b9f65fd980040105',
  ],
];

it.each(BLOCKS)('should read %s for ever, and make it still', (_, columns, hex) => {
  const block = openBlock(fromHex(hex));
  expect(block.columns).toBe(columns.length);
  for (const [index, { values, states }] of columns.entries()) {
    const read = new Float64Array(block.cells);
    const readStates = block.readColumn(index, read);
    expect(readStates).toEqual(states);
    const present = (_: unknown, i: number) => (states?.[i] ?? CELL.value) === CELL.value;
    expect(bitsOf(read).filter(present)).toEqual(bitsOf(values).filter(present));
  }
  expect(toHex(encodeBlock(columns))).toBe(hex);
});

it('should read a row for ever, and make it still', () => {
  const hex = '000380ff0280020201030a0b0201182d4454fb210940010000000000000080111081';
  const values = Float64Array.of(0, 0, 0, 127, 128, -1, 0.5, 1e-9, Math.PI, -0, 1, 1, 1);
  const cellStates = states('vvvvvvvvvv sv');

  const read = new Float64Array(values.length);
  const readStates = new Uint8Array(values.length);
  decodeRow(fromHex(hex), read, readStates);

  expect(readStates).toEqual(cellStates);
  expect(bitsOf(read).filter((_, i) => cellStates[i] === CELL.value)).toEqual(
    bitsOf(values).filter((_, i) => cellStates[i] === CELL.value),
  );
  expect(toHex(encodeRow(values, cellStates))).toBe(hex);
});

function column(...values: readonly number[]): Column {
  return { values: Float64Array.from(values) };
}

/** `v` a value, `s` stale, anything else absent. */
function states(text: string): Uint8Array {
  return Uint8Array.from(text, (cell) =>
    cell === 'v' ? CELL.value : cell === 's' ? CELL.stale : CELL.absent,
  );
}

function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(Buffer.from(hex, 'hex'));
}
