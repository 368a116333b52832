import { bitLength } from '../coder/number-models.ts';

/** 0: the numbers themselves; 1: what each adds to the one before; 2: how much more it adds than that one did. */
export type DifferenceOrder = 0 | 1 | 2;

export interface Steps {
  /** The smallest of the integers. */
  readonly floor: number;
  /** What all distances from it are multiples of: 4096 for memory that comes in pages. */
  readonly unit: number;
}

/** Replaces integers by how many units they lie above the smallest. */
export function countUnits(integers: Float64Array): Steps {
  let floor = Infinity;
  for (const integer of integers) if (integer < floor) floor = integer;
  let unit = 0;
  for (const integer of integers) {
    unit = greatestCommonDivisor(integer - floor, unit);
    if (unit === 1) break;
  }
  const divisor = Math.max(unit, 1);
  for (let i = 0; i < integers.length; i++) integers[i] = ((integers[i] as number) - floor) / divisor;
  return { floor, unit: divisor };
}

/** The counterpart of `countUnits`, in place. */
export function expandUnits(units: Float64Array, { floor, unit }: Steps): void {
  for (let i = 0; i < units.length; i++) units[i] = (units[i] as number) * unit + floor;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [larger, smaller] = [a, b];
  while (smaller !== 0) [larger, smaller] = [smaller, larger % smaller];
  return larger;
}

/** The order whose differences are likely to pack best. */
export function chooseOrder(numbers: Float64Array): DifferenceOrder {
  const costs = [new ClassCosts(), new ClassCosts(), new ClassCosts()] as const;
  let last = 0;
  let lastDifference = 0;
  for (const number of numbers) {
    const difference = number - last;
    costs[0].add(number);
    costs[1].add(difference);
    costs[2].add(difference - lastDifference);
    last = number;
    lastDifference = difference;
  }
  const bits = costs.map((cost) => cost.total());
  return bits.indexOf(Math.min(...bits)) as DifferenceOrder;
}

/** Replaces numbers by their differences, in place. */
export function takeDifferences(numbers: Float64Array, order: DifferenceOrder): void {
  for (let pass = 0; pass < order; pass++) {
    for (let i = numbers.length - 1; i > 0; i--) {
      numbers[i] = (numbers[i] as number) - (numbers[i - 1] as number);
    }
  }
}

/** The counterpart of `takeDifferences`. */
export function sumDifferences(numbers: Float64Array, order: DifferenceOrder): void {
  for (let pass = 0; pass < order; pass++) {
    for (let i = 1; i < numbers.length; i++) {
      numbers[i] = (numbers[i] as number) + (numbers[i - 1] as number);
    }
  }
}

/** Estimates what numbers cost: the entropy of their sizes, and the bits below the leading one. */
class ClassCosts {
  readonly #classes = new Float64Array(56);
  #below = 0;
  #negatives = 0;
  #count = 0;

  add(number: number): void {
    const bits = bitLength(Math.abs(number));
    this.#classes[bits] = (this.#classes[bits] ?? 0) + 1;
    if (bits > 0) this.#below += bits - 1;
    if (number < 0) this.#negatives += 1;
    this.#count += 1;
  }

  total(): number {
    const nonZero = this.#count - (this.#classes[0] ?? 0);
    let bits = this.#below + entropy(this.#negatives, nonZero) + entropy(nonZero - this.#negatives, nonZero);
    for (const count of this.#classes) bits += entropy(count, this.#count);
    return bits;
  }
}

function entropy(count: number, total: number): number {
  return count === 0 ? 0 : count * Math.log2(total / count);
}
