import type { Label } from '../exposition.ts';
import type { ExpositionLimits } from '../limits.ts';
import {
  CLOSE_BRACE,
  COMMA,
  CR,
  EQUALS,
  LABEL_PART,
  LABEL_START,
  LF,
  QUOTE,
  SPACE,
  TAB,
} from './character.ts';
import type { Cursor } from './cursor.ts';
import { readBareName, readQuoted } from './read-text.ts';

/** What stands between the braces. */
export interface LabelSet {
  /** A quoted metric name stands first between the braces: `{"my.metric", a="b"}`. */
  readonly name: string | undefined;
  /** In the order of the text. */
  readonly labels: readonly Label[];
}

export interface LabelRules {
  readonly limits: ExpositionLimits;
  /** Refuses what the formats' own grammars lack: unquoted values and, in OpenMetrics, blanks and a last comma. */
  readonly isStrict: boolean;
  readonly allowsBlanks: boolean;
}

/** Reads a label set, the cursor being at its opening brace. Two labels of one name are refused. */
export function readLabels(cursor: Cursor, rules: LabelRules): LabelSet {
  const labels: Label[] = [];
  let name: string | undefined;
  cursor.at += 1;
  skipBlanks(cursor, rules);
  while (cursor.peek() !== CLOSE_BRACE) {
    const start = cursor.at;
    const isQuoted = cursor.peek() === QUOTE;
    const key = isQuoted
      ? readQuoted(cursor)
      : readBareName(cursor, LABEL_START, LABEL_PART, 'a label name or "}"');
    if (key.length === 0) cursor.fail('a name must not be empty', start);
    checkLength(cursor, start, rules.limits.maxNameBytes, 'name');
    skipBlanks(cursor, rules);
    if (isQuoted && cursor.peek() !== EQUALS) {
      if (name !== undefined || labels.length > 0) {
        cursor.expect(`"=" after the label name ${JSON.stringify(key)}`);
      }
      name = key;
    } else {
      labels.push({ name: key, value: readLabelValue(cursor, key, rules) });
      checkLabel(cursor, labels, start, rules.limits);
    }
    skipBlanks(cursor, rules);
    if (cursor.peek() !== COMMA) {
      if (cursor.peek() !== CLOSE_BRACE) cursor.expect('"," or "}"');
      break;
    }
    cursor.at += 1;
    skipBlanks(cursor, rules);
    if (cursor.peek() === CLOSE_BRACE && rules.isStrict && !rules.allowsBlanks) {
      cursor.expect('a label name after ","');
    }
  }
  cursor.at += 1;
  return { name, labels };
}

function readLabelValue(cursor: Cursor, name: string, rules: LabelRules): string {
  if (cursor.peek() !== EQUALS) cursor.expect(`"=" after the label name ${JSON.stringify(name)}`);
  cursor.at += 1;
  skipBlanks(cursor, rules);
  const start = cursor.at;
  const value = cursor.peek() === QUOTE ? readQuoted(cursor) : readBareValue(cursor, name, rules);
  checkLength(cursor, start, rules.limits.maxValueBytes, 'label value');
  return value;
}

/** The teaching form: `code=200`. */
function readBareValue(cursor: Cursor, name: string, { isStrict }: LabelRules): string {
  const start = cursor.at;
  if (!isStrict) {
    while (cursor.at < cursor.end && isBareValueByte(cursor.peek())) cursor.at += 1;
  }
  if (cursor.at === start) cursor.expect(`a double quote before the value of ${JSON.stringify(name)}`);
  return cursor.slice(start, cursor.at);
}

function isBareValueByte(byte: number): boolean {
  switch (byte) {
    case SPACE:
    case TAB:
    case LF:
    case CR:
    case COMMA:
    case CLOSE_BRACE:
    case QUOTE:
    case EQUALS:
      return false;
    default:
      return true;
  }
}

/** Compares with the labels before: few, so looking through them beats a set. */
function checkLabel(cursor: Cursor, labels: readonly Label[], start: number, limits: ExpositionLimits): void {
  if (labels.length > limits.maxLabels) {
    cursor.fail(`the sample has more than ${limits.maxLabels} labels`, start, 'limit');
  }
  const { name } = labels[labels.length - 1] as Label;
  for (let i = 0; i < labels.length - 1; i += 1) {
    if ((labels[i] as Label).name === name) {
      cursor.fail(`the label ${JSON.stringify(name)} occurs twice`, start);
    }
  }
  if (name === '__name__') {
    cursor.fail('the name of a metric stands before the braces, not in a label "__name__"', start);
  }
}

function checkLength(cursor: Cursor, start: number, maxBytes: number, what: string): void {
  const length = cursor.at - start;
  if (length > maxBytes) {
    cursor.fail(`the ${what} has ${length} bytes; at most ${maxBytes} are allowed`, start, 'limit');
  }
}

function skipBlanks(cursor: Cursor, { isStrict, allowsBlanks }: LabelRules): void {
  const start = cursor.at;
  cursor.skipBlanks();
  if (isStrict && !allowsBlanks && cursor.at > start) cursor.fail('OpenMetrics has no blank here', start);
}
