/** How long something took or takes: `512 ms`, `1.5s`, `5m0s`. */
const DURATION = /(?:\d+(?:\.\d+)?\s?(?:ms|min|h|m|s))+(?![a-z0-9])/gi;

/**
 * Whether two sentences say the same but for how long something took. That is another number at every look, and each
 * would be a write that tells nothing new. All other numbers count: 500 is not 503.
 */
export function isSameSentence(a: string | undefined, b: string | undefined): boolean {
  return (
    a === b || (a !== undefined && b !== undefined && a.replace(DURATION, '#') === b.replace(DURATION, '#'))
  );
}
