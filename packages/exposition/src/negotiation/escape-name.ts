/**
 * How names beyond ASCII letters, digits and underscores are written for readers that know only those:
 * not at all (`allow-utf-8`), with underscores, with dots spelt out, or so that they can be read back (`values`).
 */
export const ESCAPING_SCHEMES = ['allow-utf-8', 'underscores', 'dots', 'values'] as const;

export type EscapingScheme = (typeof ESCAPING_SCHEMES)[number];

/** What a name with escaped values begins with. */
const VALUES_PREFIX = 'U__';

/** Writes a metric's or a label's name in a scheme; a name that needs no escaping stays as it is, but under `dots`. */
export function escapeName(name: string, scheme: EscapingScheme): string {
  if (scheme === 'allow-utf-8') return name;
  const characters = Array.from(name);
  if (scheme !== 'dots' && characters.every(isPlain)) return name;
  switch (scheme) {
    case 'underscores':
      return characters.map((character, i) => (isPlain(character, i) ? character : '_')).join('');
    case 'dots':
      return characters
        .map((character, i) => {
          if (character === '.') return '_dot_';
          return character !== '_' && isPlain(character, i) ? character : '__';
        })
        .join('');
    case 'values':
      return `${VALUES_PREFIX}${characters
        .map((character, i) => {
          if (character === '_') return '__';
          return isPlain(character, i) ? character : `_${codeOf(character).toString(16)}_`;
        })
        .join('')}`;
    default:
      throw new Error(`Unknown scheme: ${String(scheme satisfies never)}`);
  }
}

/** Reads back what `values` wrote; any other name stays as it is. */
export function unescapeName(name: string): string {
  if (!name.startsWith(VALUES_PREFIX)) return name;
  const escaped = name.slice(VALUES_PREFIX.length);
  if (!/^(?:[A-Za-z0-9:]|__|_[0-9A-Fa-f]{1,6}_)*$/.test(escaped)) return name;
  const codes = Array.from(escaped.matchAll(/__|_([0-9A-Fa-f]+)_/g), ([, hex]) =>
    Number.parseInt(hex ?? '0', 16),
  );
  if (codes.some((code) => code > 0x10ffff)) return name;
  return escaped.replace(/__|_([0-9A-Fa-f]+)_/g, (_, hex: string | undefined) =>
    hex === undefined ? '_' : String.fromCodePoint(Number.parseInt(hex, 16)),
  );
}

function isPlain(character: string, index: number): boolean {
  return /[A-Za-z_:]/.test(character) || (index > 0 && /[0-9]/.test(character));
}

function codeOf(character: string): number {
  return character.codePointAt(0) as number;
}
