import { nearestWord } from '../text/nearest-word.ts';
import { TIME_EXAMPLES, UnclearTime } from './unclear-time.ts';
import { ALL_WORDS } from './words.ts';

/** One word of what a person typed, in lower case, and where it began. */
interface Token {
  readonly text: string;
  readonly index: number;
}

/** Reads words from left to right and says where it stopped understanding. */
export interface TokenReader {
  readonly source: string;
  /** The word at the given distance from here; the empty text past the end. */
  readonly peek: (ahead?: number) => string;
  readonly skip: (count?: number) => void;
  readonly isAtEnd: () => boolean;
  /** Skips the word if it is one of these. */
  readonly skipWord: (...words: readonly string[]) => boolean;
  /** Puts words in the place of the one here, as parts of it. */
  readonly replace: (...texts: readonly string[]) => void;
  /** An error at the word here, or `back` words before it. */
  readonly unclear: (reason: string, back?: number) => UnclearTime;
  /** The error for a word that means nothing here. */
  readonly unexpected: () => UnclearTime;
}

/** What a text may be made of, for hints. */
export interface Language {
  readonly words: readonly string[];
  readonly examples: string;
}

const TIMES: Language = { words: ALL_WORDS, examples: TIME_EXAMPLES };

const CLOCK = String.raw`\d{1,2}(?:[:.]\d{2})?(?:[ap]m)?|noon|midnight`;
const CLOCK_RANGE = new RegExp(`^(${CLOCK})([-–—])(${CLOCK})$`);

export function createTokenReader(source: string, { words, examples } = TIMES): TokenReader {
  const tokens = splitTokens(source);
  let position = 0;
  const peek = (ahead = 0): string => tokens[position + ahead]?.text ?? '';
  const indexAt = (back: number): number => tokens[position - back]?.index ?? source.length;
  const unclear = (reason: string, back = 0): UnclearTime =>
    new UnclearTime(source, indexAt(back), reason, { examples });
  return {
    source,
    peek,
    skip: (count = 1) => {
      position += count;
    },
    isAtEnd: () => position >= tokens.length,
    skipWord: (...words) => {
      if (!words.includes(peek())) return false;
      position += 1;
      return true;
    },
    replace: (...texts) => {
      const index = tokens[position]?.index ?? source.length;
      tokens.splice(position, 1, ...texts.map((text) => ({ text, index })));
    },
    unclear,
    unexpected: () => {
      const word = peek();
      if (word === '') return unclear('something is missing here');
      const guess = nearestWord(word, words);
      const reason = `'${word}' is not understood here`;
      if (guess) return unclear(`${reason}; did you mean '${guess}'?`);
      return new UnclearTime(source, indexAt(0), reason, { isForeignWord: /^\D/.test(word), examples });
    },
  };
}

/** Words are parted by spaces and commas; `9:00-10:30` is three of them. */
function splitTokens(source: string): Token[] {
  const tokens: Token[] = [];
  for (const match of source.matchAll(/[^\s,]+/g)) {
    const text = match[0].toLowerCase();
    const range = CLOCK_RANGE.exec(text);
    if (!range) tokens.push({ text, index: match.index });
    else {
      const [, from = '', dash = '', to = ''] = range;
      tokens.push({ text: from, index: match.index });
      tokens.push({ text: dash, index: match.index + from.length });
      tokens.push({ text: to, index: match.index + from.length + dash.length });
    }
  }
  return tokens;
}
