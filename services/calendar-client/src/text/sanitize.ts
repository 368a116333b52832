/**
 * Characters that move the cursor, recolour, reorder or hide what a terminal shows: the C0 and C1
 * control characters, the bidirectional overrides and isolates, the line separators of Unicode, and
 * lone surrogates.
 */
const UNSAFE = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/**
 * Makes text from outside safe for a terminal, on one line: what is unsafe is shown, not sent.
 * `ESC` becomes `␛`, others become their code in angle brackets.
 */
export function sanitizeLine(text: string): string {
  return text.replaceAll(UNSAFE, showCharacter);
}

/** Like `sanitizeLine` for text that may have lines: each of them is safe. */
export function sanitizeLines(text: string): readonly string[] {
  return text.split(/\r\n|\r|\n/).map((line) => sanitizeLine(line.replaceAll('\t', '    ')));
}

/** JSON that is safe to look at in a terminal; a program reads the same values. */
export function toSafeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(UNSAFE, (character) =>
    character === '\n' ? character : escapeUnit(character),
  );
}

function showCharacter(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
