const bytesOfDouble = new Uint8Array(8);
const wordsOfDouble = new Uint32Array(bytesOfDouble.buffer);

/** The halves of the double at `start`, low before high: a NaN that never is a number keeps its payload. */
export function readDoubleWords(bytes: Uint8Array, start: number): readonly [low: number, high: number] {
  // Copied, since bytes may begin anywhere in their memory, as the ones from a database do.
  bytesOfDouble.set(bytes.subarray(start, start + 8));
  return [wordsOfDouble[0] as number, wordsOfDouble[1] as number];
}
