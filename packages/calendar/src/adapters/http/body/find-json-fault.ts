import type { FieldViolation } from '../../../errors.ts';
import { abbreviate } from '../../../time/plain-date.ts';

/** No request of ours nests deeper than three. */
const MAX_DEPTH = 16;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/**
 * What JSON.parse accepts and we do not: too deep a nesting, a key that stands twice in one object, and
 * the key `__proto__`, which is a trap for careless code further on.
 * @param text valid JSON: only strings and brackets are looked at.
 */
export function findJsonFault(text: string): FieldViolation | undefined {
  // The keys seen in each object that is open; undefined for an array.
  const open: (Set<string> | undefined)[] = [];
  let isKeyNext = false;
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case QUOTE: {
        const end = findStringEnd(text, i);
        const fault = isKeyNext ? checkKey(text.slice(i, end + 1), open.at(-1) as Set<string>) : undefined;
        if (fault) return fault;
        isKeyNext = false;
        i = end;
        break;
      }
      case OPEN_OBJECT:
      case OPEN_ARRAY:
        isKeyNext = text.charCodeAt(i) === OPEN_OBJECT;
        if (open.push(isKeyNext ? new Set() : undefined) > MAX_DEPTH) return TOO_DEEP;
        break;
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        open.pop();
        isKeyNext = false;
        break;
      case COMMA:
        isKeyNext = open.at(-1) !== undefined;
        break;
      default:
    }
  }
  return undefined;
}

const TOO_DEEP: FieldViolation = {
  field: 'body',
  description: `nests deeper than ${MAX_DEPTH} objects and arrays; allowed are ${MAX_DEPTH}`,
};

function checkKey(quoted: string, seen: Set<string>): FieldViolation | undefined {
  const key = quoted.includes('\\') ? (JSON.parse(quoted) as string) : quoted.slice(1, -1);
  if (key === '__proto__') return { field: key, description: 'is not allowed as the name of a field' };
  if (seen.has(key)) return { field: abbreviate(key), description: 'is given twice; allowed is once' };
  seen.add(key);
  return undefined;
}

/** Where the string that begins at `start` ends. */
function findStringEnd(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (countBackslashesBefore(text, end) % 2 === 1) end = text.indexOf('"', end + 1);
  return end;
}

function countBackslashesBefore(text: string, end: number): number {
  let count = 0;
  while (text.charCodeAt(end - 1 - count) === BACKSLASH) count++;
  return count;
}
