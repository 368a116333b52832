/** What a text field allows; lengths count Unicode code points. */
export interface TextRule {
  readonly minLength: number;
  readonly maxLength: number;
  /** Whether line breaks and tabs are allowed. */
  readonly multiline: boolean;
}

/**
 * Checks a text from outside and answers it unchanged.
 * @throws RangeError that says what is wrong and what is allowed; callers add the field's name.
 */
export function parseText(text: string, { minLength, maxLength, multiline }: TextRule): string {
  if (!text.isWellFormed()) throw new RangeError('is no well-formed Unicode text: it has a lone surrogate');
  const control = findControlCharacter(text, multiline);
  if (control)
    throw new RangeError(
      `has the control character ${control.name} at position ${control.position}; allowed is plain text`,
    );
  const length = countCodePoints(text);
  if (length > maxLength)
    throw new RangeError(`has ${length} characters; allowed are ${minLength} to ${maxLength}`);
  if (minLength > 0 && text.trim() === '')
    throw new RangeError(`is empty; allowed are ${minLength} to ${maxLength} characters`);
  return text;
}

// oxlint-disable-next-line no-control-regex -- finding control characters is what these are for.
const CONTROL = /[\u0000-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex
const CONTROL_BUT_LINES = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;

function findControlCharacter(
  text: string,
  multiline: boolean,
): { name: string; position: number } | undefined {
  const position = text.search(multiline ? CONTROL_BUT_LINES : CONTROL);
  if (position < 0) return undefined;
  const code = text.charCodeAt(position).toString(16).toUpperCase().padStart(4, '0');
  return { name: `U+${code}`, position };
}

/** Controls, lone surrogates, line separators, and what turns the direction of writing. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu;

/** Writes characters that a terminal or a log would obey rather than show as `\u001b`. */
export function escapeUnprintable(text: string): string {
  return text.replaceAll(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function countCodePoints(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) count--;
  }
  return count;
}
