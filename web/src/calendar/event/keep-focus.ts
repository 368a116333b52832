/** What the keyboard has just moved, and when: it is drawn anew elsewhere, and must not lose the focus by that. */
let moved: { readonly key: string; readonly atMs: number } | undefined;

/** After that a person has gone on to something else. */
const FORGET_AFTER_MS = 2000;

export function keepFocus(key: string): void {
  moved = { key, atMs: performance.now() };
}

/** Whether an event that has just been drawn is to take the focus: it was moved by a key, and nothing else has it. */
export function shouldTakeFocus(key: string): boolean {
  if (moved?.key !== key || performance.now() - moved.atMs > FORGET_AFTER_MS) return false;
  return document.activeElement === null || document.activeElement === document.body;
}
