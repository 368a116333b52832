/** Whether `length` bytes of two texts are the same; four at a time, at any alignment. */
export function hasSameBytes(a: DataView, aAt: number, b: DataView, bAt: number, length: number): boolean {
  if (length < 4) {
    for (let i = 0; i < length; i += 1) {
      if (a.getUint8(aAt + i) !== b.getUint8(bAt + i)) return false;
    }
    return true;
  }
  const last = length - 4;
  for (let i = 0; i < last; i += 4) {
    if (a.getInt32(aAt + i) !== b.getInt32(bAt + i)) return false;
  }
  // The last word may overlap the one before, which saves a loop over single bytes.
  return a.getInt32(aAt + last) === b.getInt32(bAt + last);
}
