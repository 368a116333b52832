/** One resource that wants its targets among those that a checker reads. */
export interface Claim {
  readonly key: string;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly bytes: number;
}

/**
 * Who finds no room among them. The older comes first, so that one that is added takes the place of no other; one that
 * is too large leaves the room to those after it.
 */
export function findLeftOut(claims: readonly Claim[], roomBytes: number): ReadonlySet<string> {
  const leftOut = new Set<string>();
  let left = roomBytes;
  // Nothing to decide, most of the time.
  if (claims.reduce((sum, { bytes }) => sum + bytes, 0) <= left) return leftOut;
  for (const { key, bytes } of claims.toSorted(byAge)) {
    if (bytes <= left) left -= bytes;
    else leftOut.add(key);
  }
  return leftOut;
}

function byAge(a: Claim, b: Claim): number {
  if (a.createdAt !== b.createdAt) return a.createdAt < b.createdAt ? -1 : 1;
  return a.key < b.key ? -1 : 1;
}
