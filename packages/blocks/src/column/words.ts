/**
 * The two 32-bit halves of doubles, low before high. All comparing and copying of values goes through them, since a
 * double that passes through a JavaScript variable may lose the payload of a NaN, and 0 equals -0 there.
 */
export type Words = Uint32Array<ArrayBuffer>;

/** A view of the same memory where that is possible. */
export function wordsOf(values: Float64Array): Words {
  if (!IS_LITTLE_ENDIAN) throw new Error('blocks are made on little-endian machines only');
  return new Uint32Array(values.buffer as ArrayBuffer, values.byteOffset, values.length * 2);
}

const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1;

/** Whether all values have the same bits. */
export function isConstant(words: Words): boolean {
  const low = words[0];
  const high = words[1];
  for (let i = 2; i < words.length; i += 2) {
    if (words[i] !== low || words[i + 1] !== high) return false;
  }
  return true;
}

export function areEqual(a: Words, b: Words): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}
