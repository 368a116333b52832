/** The bytes that the grammar names. */
export const TAB = 0x09;
export const LF = 0x0a;
export const CR = 0x0d;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const HASH = 0x23;
export const PLUS = 0x2b;
export const COMMA = 0x2c;
export const MINUS = 0x2d;
export const DOT = 0x2e;
export const ZERO = 0x30;
export const NINE = 0x39;
export const EQUALS = 0x3d;
export const UPPER_E = 0x45;
export const BACKSLASH = 0x5c;
export const LOWER_E = 0x65;
export const OPEN_BRACE = 0x7b;
export const CLOSE_BRACE = 0x7d;

/** Bits of {@link CHARACTER_CLASS}. */
export const NAME_START = 1;
export const NAME_PART = 2;
export const LABEL_START = 4;
export const LABEL_PART = 8;

/** Which bytes may begin and continue an unquoted metric or label name: one look-up for each byte. */
export const CHARACTER_CLASS: Uint8Array = Uint8Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if (/[A-Za-z_]/.test(character)) return NAME_START | NAME_PART | LABEL_START | LABEL_PART;
  if (character === ':') return NAME_START | NAME_PART;
  if (/[0-9]/.test(character)) return NAME_PART | LABEL_PART;
  return 0;
});
