export interface Summary {
  readonly last: number | undefined;
  readonly least: number | undefined;
  readonly mean: number | undefined;
  readonly greatest: number | undefined;
}

/** How far a line reaches. What is no number is said where it is the last, and is in the way of nothing else. */
export function sumUp(values: readonly (number | null)[]): Summary {
  const known = values.filter((value) => value !== null);
  const last = known.at(-1);
  const numbers = known.filter((value) => !Number.isNaN(value));
  if (numbers.length === 0) return { last, least: undefined, mean: undefined, greatest: undefined };
  // Thousands of values are too many to be arguments of one call.
  return {
    last,
    least: numbers.reduce((a, b) => Math.min(a, b)),
    mean: numbers.reduce((a, b) => a + b) / numbers.length,
    greatest: numbers.reduce((a, b) => Math.max(a, b)),
  };
}
