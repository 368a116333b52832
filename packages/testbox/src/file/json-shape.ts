import { parseJsonPath, type Json, type PathStep } from '../check/json-path.ts';
import { JSON_TYPES, type Matcher } from '../check/matcher.ts';
import { joinWords } from '../text/join-words.ts';
import { nearestWord } from '../text/nearest-word.ts';
import { readAt } from './collection-shape.ts';
import { INVALID, type Invalid, type Reading } from './reading.ts';
import { noteReferences, refuse, type Shape } from './shape.ts';
import type { MapNode, SourceNode } from './source-node.ts';

/** Any value that JSON can hold; references in its texts are noted. */
export const json: Shape<Json> = {
  allowed: 'any value',
  jsonSchema: {},
  read(node, key, reading): Json | Invalid {
    switch (node.kind) {
      case 'scalar':
        if (typeof node.value === 'string') noteReferences(node.value, key, reading);
        return node.value;
      case 'list':
        return node.items.map((item, i) => readAt(json, item, `${key}[${i}]`, reading) as Json);
      case 'map':
        return Object.fromEntries(
          node.entries.map((entry) => [
            entry.key,
            readAt(json, entry.value, `${key}.${entry.key}`, reading) as Json,
          ]),
        );
      default:
        return node satisfies never;
    }
  },
};

const MATCHERS = {
  $contains: (value) => (isWord(value) ? { kind: 'contains', value } : 'text, a number, true or false'),
  $matches: (value) =>
    typeof value === 'string' && isPattern(value)
      ? { kind: 'matches', pattern: value }
      : 'a regular expression',
  $above: (value) => (typeof value === 'number' ? { kind: 'above', value } : 'a number'),
  $below: (value) => (typeof value === 'number' ? { kind: 'below', value } : 'a number'),
  $type: (value) => {
    // YAML has a word of its own for nothing: `$type: null`.
    const type = JSON_TYPES.find((type) => type === (value ?? 'null'));
    return type === undefined ? joinWords(JSON_TYPES) : { kind: 'type', type };
  },
  $length: (value) =>
    typeof value === 'number' && Number.isInteger(value) && value >= 0
      ? { kind: 'length', length: value }
      : 'a whole number from 0 on',
  $exists: (value) => (typeof value === 'boolean' ? { kind: 'exists', exists: value } : 'true or false'),
} as const satisfies Readonly<Record<string, (value: Json) => Matcher | string>>;

const MATCHER_NAMES = Object.keys(MATCHERS) as readonly (keyof typeof MATCHERS)[];

/** A value to be equal to, or a mapping of `$` words that must all hold. */
export const matchers: Shape<readonly Matcher[]> = {
  allowed: `a value, or a condition: ${joinWords(MATCHER_NAMES)}`,
  jsonSchema: {},
  read(node, key, reading) {
    const isCondition = node.kind === 'map' && node.entries.some((entry) => entry.key.startsWith('$'));
    if (isCondition) return readConditions(node, key, reading);
    const value = json.read(node, key, reading);
    return value === INVALID ? INVALID : [{ kind: 'equals', value }];
  },
};

function readConditions(node: MapNode, key: string, reading: Reading): readonly Matcher[] | Invalid {
  const found: (Matcher | Invalid)[] = node.entries.map((entry) => {
    const childKey = `${key}.${entry.key}`;
    const name = MATCHER_NAMES.find((name) => name.toLowerCase() === entry.key.toLowerCase());
    if (name === undefined) {
      const suggestion = nearestWord(entry.key, MATCHER_NAMES);
      reading.faults.push({
        ...entry.keyAt,
        key: childKey,
        found: `the condition '${entry.key}' is unknown`,
        allowed: joinWords(MATCHER_NAMES),
        suggestion: suggestion && `'${suggestion}'`,
      });
      return INVALID;
    }
    const value = readAt(json, entry.value, childKey, reading) as Json;
    const matcher = MATCHERS[name](value);
    return typeof matcher === 'string' ? refuse(entry.value, childKey, reading, matcher) : matcher;
  });
  return found.includes(INVALID) ? INVALID : (found as readonly Matcher[]);
}

/** A path into JSON as its steps. */
export function readPath(
  text: string,
  node: SourceNode,
  key: string,
  reading: Reading,
): readonly PathStep[] | Invalid {
  return parseJsonPath(text) ?? refuse(node, key, reading, PATHS);
}

export const PATHS = 'a path such as data.items[0].name, or $ for the whole';

export function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

function isWord(value: Json): value is string | number | boolean {
  return value !== null && typeof value !== 'object';
}
