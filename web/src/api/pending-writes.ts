let count = 0;

/** Counts a write that is shown already, but not stored yet; `endWrite` is to follow. */
export function beginWrite(): void {
  count += 1;
}

/** @returns whether no other is on its way: then what is shown is to be asked for anew. */
export function endWrite(): boolean {
  count -= 1;
  return count === 0;
}

/** Whether an answer of the server may be older than what is shown: it would undo it for a moment. */
export function isWriting(): boolean {
  return count > 0;
}
