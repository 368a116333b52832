/** Longer texts of a target's own making are cut. */
const MAX_LENGTH = 1000;

/** A text that every store can take: PostgreSQL has no U+0000, and UTF-8 no halves of pairs. */
export function plainText(text: string): string {
  const short = text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  return short.replaceAll('\0', '\u{fffd}').toWellFormed();
}
