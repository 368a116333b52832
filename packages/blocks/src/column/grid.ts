import { wordsOf, type Words } from './words.ts';

/**
 * How doubles come from integers. Exporters count in whole units (milliseconds, bytes) and scale them, and
 * the way in which they scale decides the last bit, so each common way is one of its own.
 */
export type Grid =
  /** `n / 10^exponent`, correctly rounded: any decimal number as people write it. */
  | { readonly kind: 'divided'; readonly exponent: number }
  /** `n * 10^-exponent`, with the noise of a factor that is no exact double: `17 * 0.001`. */
  | { readonly kind: 'multiplied'; readonly exponent: number }
  /** `n / 1000 / 1000`, rounded twice: microseconds as Go programs print them. */
  | { readonly kind: 'divided-twice' }
  /** The bits of the double as one integer, less those of `origin`: times of day in full precision. */
  | { readonly kind: 'bits'; readonly origin: number };

/** Sums and differences of three such integers are still exact. */
const MAX_INTEGER = 2 ** 51;
const MAX_DIVISOR_EXPONENT = 17;
const MAX_FACTOR_EXPONENT = 9;

/** The grid on which all values lie, and their integers there; undefined where there is none. */
export function findGrid(
  values: Float64Array,
): { readonly grid: Grid; readonly integers: Float64Array } | undefined {
  const integers = new Float64Array(values.length);
  for (const grid of candidates(values)) {
    if (layOnGrid(values, grid, integers)) return { grid, integers };
  }
  return undefined;
}

function* candidates(values: Float64Array): Generator<Grid> {
  const exponent = divisorExponent(values);
  if (exponent !== undefined) yield { kind: 'divided', exponent };
  for (let exponent = 1; exponent <= MAX_FACTOR_EXPONENT; exponent++) yield { kind: 'multiplied', exponent };
  yield { kind: 'divided-twice' };
  yield { kind: 'bits', origin: values[0] ?? 0 };
}

/** The smallest exponent that suits all: one that suits a value suits it also when it is raised. */
function divisorExponent(values: Float64Array): number | undefined {
  let exponent = 0;
  for (const value of values) {
    while (!Object.is(Math.round(value * 10 ** exponent) / 10 ** exponent, value)) {
      if (exponent === MAX_DIVISOR_EXPONENT) return undefined;
      exponent += 1;
    }
  }
  return exponent;
}

function layOnGrid(values: Float64Array, grid: Grid, integers: Float64Array): boolean {
  if (grid.kind === 'bits') return subtractBits(values, grid.origin, integers);
  const factor = 10 ** (grid.kind === 'divided-twice' ? 6 : grid.exponent);
  const back = backFrom(grid);
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    const integer = Math.round(value * factor) + 0;
    if (!(Math.abs(integer) <= MAX_INTEGER) || !Object.is(back(integer), value)) return false;
    integers[i] = integer;
  }
  return true;
}

function subtractBits(values: Float64Array, origin: number, integers: Float64Array): boolean {
  const words = wordsOf(values);
  const [low, high] = splitWords(origin);
  for (let i = 0; i < values.length; i++) {
    const integer = ((words[2 * i + 1] as number) - high) * 2 ** 32 + ((words[2 * i] as number) - low);
    if (!(Math.abs(integer) <= MAX_INTEGER)) return false;
    integers[i] = integer;
  }
  return true;
}

/** Turns integers back into the doubles that they stand for, in place. */
export function leaveGrid(numbers: Float64Array, grid: Grid): void {
  if (grid.kind === 'bits') {
    addBits(numbers, grid.origin);
    return;
  }
  // A loop each: a call for each of millions of numbers takes longer than the division in it.
  switch (grid.kind) {
    case 'divided': {
      const divisor = 10 ** grid.exponent;
      for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i] as number) / divisor;
      return;
    }
    case 'multiplied': {
      const factor = factorOf(grid.exponent);
      for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i] as number) * factor;
      return;
    }
    case 'divided-twice':
      for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i] as number) / 1000 / 1000;
      return;
    default:
      grid satisfies never;
  }
}

function addBits(numbers: Float64Array, origin: number): void {
  const words: Words = wordsOf(numbers);
  const [low, high] = splitWords(origin);
  for (let i = 0; i < numbers.length; i++) {
    const sum = low + (numbers[i] as number);
    // The stores below cut to 32 bits, which is right for negative numbers too.
    words[2 * i + 1] = high + Math.floor(sum / 2 ** 32);
    words[2 * i] = sum % 2 ** 32;
  }
}

function splitWords(value: number): readonly [low: number, high: number] {
  const [low = 0, high = 0] = wordsOf(Float64Array.of(value));
  return [low, high];
}

function backFrom(grid: Exclude<Grid, { readonly kind: 'bits' }>): (integer: number) => number {
  switch (grid.kind) {
    case 'divided': {
      const divisor = 10 ** grid.exponent;
      return (integer) => integer / divisor;
    }
    case 'multiplied': {
      const factor = factorOf(grid.exponent);
      return (integer) => integer * factor;
    }
    case 'divided-twice':
      return (integer) => integer / 1000 / 1000;
    default:
      return grid satisfies never;
  }
}

function factorOf(exponent: number): number {
  return Number(`1e-${exponent}`);
}
