import fc from 'fast-check';

import { CELL } from '../src/index.ts';

const scratch = new DataView(new ArrayBuffer(8));

/** Any 64 bits: subnormals, infinities, both zeros, and NaN with every payload. */
const anyBits = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });

const special = fc.constantFrom(
  0x0000000000000000n, // 0
  0x8000000000000000n, // -0
  0x7ff0000000000000n, // +Inf
  0xfff0000000000000n, // -Inf
  0x7ff8000000000000n, // NaN
  0x7ff0000000000002n, // Prometheus' staleness marker, a value like any other here
  0x0000000000000001n, // the smallest subnormal
  0x7fefffffffffffffn, // the largest double
);

/** The bits of one double. */
const anyDouble = fc.oneof(
  anyBits,
  special,
  fc.double({ noNaN: true }).map(toBits),
  fc.integer({ min: -1000, max: 1000 }).map(toBits),
  fc.integer({ min: 0, max: 100_000 }).map((n) => toBits(n / 100)),
);

const LONGEST = 200;

/** Columns of the shapes that codecs are made for, and of none. */
export const anyColumn: fc.Arbitrary<Float64Array> = fc.oneof(
  fc.array(anyDouble, { minLength: 1, maxLength: LONGEST }).map(fromBits),
  fc.tuple(anyDouble, length()).map(([bits, count]) => fromBits(Array.from({ length: count }, () => bits))),
  counters((n) => n),
  counters((n) => n * 4096 + 17),
  counters((n) => n / 1000),
  counters((n) => n * 0.001),
  counters((n) => n / 1000 / 1000),
  counters((n) => 1.795308572109e9 + n * 2.4e-7),
  counters((n) => -n),
  // One course again and again, as what repeats.
  fc
    .tuple(fc.array(fc.integer(), { minLength: 20, maxLength: 60 }), fc.integer({ min: 2, max: 4 }))
    .map(([course, times]) => repeat(course, times)),
  // Integers at the limits of the grid.
  fc
    .array(fc.constantFrom(2 ** 51, -(2 ** 51), 2 ** 51 + 1, 2 ** 53, -(2 ** 53), 0, 1), {
      minLength: 1,
      maxLength: 50,
    })
    .map((values) => Float64Array.from(values)),
);

/** A state for each of `count` cells. */
export function anyStates(count: number): fc.Arbitrary<Uint8Array | undefined> {
  return fc.option(
    fc
      .array(fc.constantFrom(CELL.value, CELL.value, CELL.value, CELL.stale, CELL.absent), {
        minLength: count,
        maxLength: count,
      })
      .map((states) => Uint8Array.from(states)),
    { nil: undefined },
  );
}

function counters(expose: (count: number) => number): fc.Arbitrary<Float64Array> {
  return fc.array(fc.nat({ max: 5000 }), { minLength: 1, maxLength: LONGEST }).map((steps) => {
    let count = 0;
    return Float64Array.from(steps, (step) => expose((count += step)));
  });
}

function length(): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max: LONGEST });
}

function repeat(course: readonly number[], times: number): Float64Array {
  return Float64Array.from(Array.from({ length: times }, () => course).flat());
}

function toBits(value: number): bigint {
  scratch.setFloat64(0, value);
  return scratch.getBigUint64(0);
}

function fromBits(bits: readonly bigint[]): Float64Array {
  return new Float64Array(BigUint64Array.from(bits).buffer);
}

/** The bits of values, to compare: `toEqual` takes every NaN for the same. */
export function bitsOf(values: Float64Array): readonly string[] {
  const words = new BigUint64Array(values.slice().buffer);
  return Array.from(words, (word) => word.toString(16));
}
