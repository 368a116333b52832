import { InvalidSelectorError } from '../errors.ts';

const BLANKS = /[ \t\r\n]*/y;
const METRIC_NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL_NAME = /[a-zA-Z_][a-zA-Z0-9_]*/y;
const RAW_TEXT = /`([^`]*)`/y;
const ESCAPED_TEXT = /"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'/y;
const ESCAPE = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3})|(.))/gs;

const LETTERS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
};

/** Takes the parts of a selector one after the other, with the blanks before them. */
export class SelectorReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#skipBlanks();
  }

  get position(): number {
    return this.#at;
  }

  isAtEnd(): boolean {
    return this.#at === this.#text.length;
  }

  take(symbol: string): boolean {
    if (!this.#text.startsWith(symbol, this.#at)) return false;
    this.#moveTo(this.#at + symbol.length);
    return true;
  }

  takeMetricName(): string | undefined {
    return this.#match(METRIC_NAME)?.[0];
  }

  takeLabelName(): string | undefined {
    return this.#match(LABEL_NAME)?.[0];
  }

  /** A text in double or single quotes, with the escapes of Go, or in backquotes, without. */
  takeText(): string | undefined {
    const raw = this.#match(RAW_TEXT)?.[1];
    if (raw !== undefined) return raw;
    const start = this.#at;
    const match = this.#match(ESCAPED_TEXT);
    const escaped = match?.[1] ?? match?.[2];
    if (escaped !== undefined) return unescape(escaped, start + 1);
    if (/["'`]/.test(this.#text.charAt(this.#at))) {
      throw new InvalidSelectorError(
        `the text that begins at position ${this.#at} has no closing quote`,
        this.#at,
      );
    }
    return undefined;
  }

  expected(what: string): InvalidSelectorError {
    const found = this.isAtEnd() ? 'the end' : `'${this.#text.slice(this.#at, this.#at + 20)}'`;
    return new InvalidSelectorError(`expected ${what} at position ${this.#at}, and found ${found}`, this.#at);
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (!match) return undefined;
    this.#moveTo(pattern.lastIndex);
    return match;
  }

  #moveTo(position: number): void {
    this.#at = position;
    this.#skipBlanks();
  }

  #skipBlanks(): void {
    BLANKS.lastIndex = this.#at;
    BLANKS.exec(this.#text);
    this.#at = BLANKS.lastIndex;
  }
}

function unescape(text: string, position: number): string {
  return text.replace(
    ESCAPE,
    (escape, hex2, hex4, hex8, octal, letter: string | undefined, offset: number) => {
      const code = hex2 ?? hex4 ?? hex8;
      const point = code === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(code, 16);
      if (letter === undefined && point <= 0x10ffff) return String.fromCodePoint(point);
      const character = letter === undefined ? undefined : LETTERS[letter];
      if (character !== undefined) return character;
      const at = position + offset;
      throw new InvalidSelectorError(`'${escape}' at position ${at} is no escape that is known`, at);
    },
  );
}
