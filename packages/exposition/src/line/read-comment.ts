import type { ExpositionFormat, MetricType } from '../exposition.ts';
import { METRIC_TYPES } from '../exposition.ts';
import { CHARACTER_CLASS, CR, LABEL_START, NAME_PART, NAME_START, QUOTE, SPACE, TAB } from './character.ts';
import type { Cursor } from './cursor.ts';
import { readBareName, readQuoted, unescape } from './read-text.ts';

/** A line that begins with `#`. */
export type Comment =
  | { readonly kind: 'comment' }
  | { readonly kind: 'eof' }
  | { readonly kind: 'help'; readonly name: string; readonly text: string }
  | { readonly kind: 'unit'; readonly name: string; readonly unit: string }
  | { readonly kind: 'type'; readonly name: string; readonly type: MetricType };

const COMMENT: Comment = { kind: 'comment' };
const END: Comment = { kind: 'eof' };

/** The words of a type in each format; `untyped` is Prometheus text's word for unknown. */
const TYPES: Record<ExpositionFormat, ReadonlyMap<string, MetricType>> = {
  text: new Map([
    ['counter', 'counter'],
    ['gauge', 'gauge'],
    ['histogram', 'histogram'],
    ['summary', 'summary'],
    ['untyped', 'unknown'],
  ]),
  openmetrics: new Map(METRIC_TYPES.map((type) => [type, type])),
};

/** One more than the longest word has. */
const LONGEST_WORD = 5;

export interface CommentRules {
  readonly format: ExpositionFormat;
  readonly isStrict: boolean;
  readonly maxNameBytes: number;
}

/** Words that mean something after the `#`. */
const WORDS = ['HELP', 'TYPE', 'UNIT', 'EOF'] as const;
type Word = (typeof WORDS)[number];

/** Reads a comment up to its line end, the cursor being after the `#`. */
export function readComment(cursor: Cursor, rules: CommentRules): Comment {
  const hash = cursor.at - 1;
  const word = skipSeparator(cursor, rules) === 0 ? undefined : readWord(cursor);
  const isOpenMetrics = rules.format === 'openmetrics';
  if (word === undefined || (!isOpenMetrics && (word === 'UNIT' || word === 'EOF'))) {
    if (rules.isStrict && isOpenMetrics) {
      cursor.expect('one of # HELP, # TYPE, # UNIT and # EOF, the only comments that OpenMetrics has', hash);
    }
    return toLineEnd(cursor, COMMENT);
  }
  if (word === 'EOF') return END;
  if (skipSeparator(cursor, rules) === 0) {
    // `# HELP:` is a comment like any other in Prometheus text.
    if (!isOpenMetrics && !cursor.isAtLineEnd()) return toLineEnd(cursor, COMMENT);
    cursor.expect(`a blank and a metric name after # ${word}`);
  }
  const nameStart = cursor.at;
  const name = readName(cursor);
  if (cursor.at - nameStart > rules.maxNameBytes) {
    cursor.fail(`the name has more than ${rules.maxNameBytes} bytes`, nameStart, 'limit');
  }
  if (!cursor.isAtLineEnd()) {
    if (cursor.peek() !== SPACE && cursor.peek() !== TAB) {
      cursor.expect(`a blank after the metric name ${JSON.stringify(name)}`);
    }
    // A help text of OpenMetrics may begin with blanks of its own.
    if (word === 'HELP' && isOpenMetrics) cursor.at += 1;
    else skipSeparator(cursor, rules);
  }
  switch (word) {
    case 'HELP':
      return { kind: 'help', name, text: readHelp(cursor, rules.format) };
    case 'UNIT':
      return readUnit(cursor, name);
    case 'TYPE':
      return { kind: 'type', name, type: readType(cursor, rules.format) };
    default:
      throw new Error(`Unknown comment: ${String(word satisfies never)}`);
  }
}

function readName(cursor: Cursor): string {
  const start = cursor.at;
  if (cursor.peek() !== QUOTE) return readBareName(cursor, NAME_START, NAME_PART, 'a metric name');
  const name = readQuoted(cursor);
  return name === '' ? cursor.fail('a name must not be empty', start) : name;
}

function readType(cursor: Cursor, format: ExpositionFormat): MetricType {
  const start = cursor.at;
  skipWord(cursor);
  const type = TYPES[format].get(cursor.slice(start, cursor.at));
  if (type === undefined) {
    return cursor.expect(`a type, one of ${[...TYPES[format].keys()].join(', ')}`, start);
  }
  cursor.skipBlanks();
  if (!cursor.isAtLineEnd()) cursor.expect('the end of the line after the type');
  return type;
}

/** Prometheus text does not escape quotes here, OpenMetrics does. */
function readHelp(cursor: Cursor, format: ExpositionFormat): string {
  const rest = readRest(cursor);
  if (format === 'openmetrics') return unescape(rest);
  return rest.replace(/\\([\\n])/g, (_, character: string) => (character === 'n' ? '\n' : '\\'));
}

function readUnit(cursor: Cursor, name: string): Comment {
  const start = cursor.at;
  const unit = readRest(cursor).trimEnd();
  if (/[^A-Za-z0-9_:]/.test(unit)) cursor.expect('a unit of letters, digits and underscores', start);
  return { kind: 'unit', name, unit };
}

/** The word at the cursor, if it is one of those. */
function readWord(cursor: Cursor): Word | undefined {
  const start = cursor.at;
  skipWord(cursor);
  const text = cursor.slice(start, Math.min(cursor.at, start + LONGEST_WORD));
  return WORDS.find((word) => word === text);
}

/** Whether the cursor, after a `#`, is at the end mark of OpenMetrics, and not at a word that begins likewise. */
export function isEndMark({ bytes, at, end }: Cursor): boolean {
  return bytes.toString('latin1', at, at + 4) === ' EOF' && (at + 4 === end || !isWordByte(bytes[at + 4]));
}

function skipWord(cursor: Cursor): void {
  const { bytes, end } = cursor;
  let { at } = cursor;
  while (at < end && isWordByte(bytes[at])) at += 1;
  cursor.at = at;
}

function isWordByte(byte: number | undefined): boolean {
  return ((CHARACTER_CLASS[byte ?? 0] as number) & LABEL_START) !== 0;
}

function readRest(cursor: Cursor): string {
  const start = cursor.at;
  cursor.at = cursor.findLineEnd();
  if (cursor.at > start && cursor.bytes[cursor.at - 1] === CR) cursor.at -= 1;
  return cursor.slice(start, cursor.at);
}

/** Skips the blanks between words and gives their number; strict OpenMetrics has exactly one space. */
function skipSeparator(cursor: Cursor, { format, isStrict }: CommentRules): number {
  const start = cursor.at;
  cursor.skipBlanks();
  const count = cursor.at - start;
  if (isStrict && format === 'openmetrics' && count > 0 && (count > 1 || cursor.bytes[start] === TAB)) {
    cursor.fail('OpenMetrics has a single space here', start);
  }
  return count;
}

function toLineEnd<T>(cursor: Cursor, result: T): T {
  cursor.at = cursor.findLineEnd();
  if (cursor.at > 0 && cursor.bytes[cursor.at - 1] === CR) cursor.at -= 1;
  return result;
}
