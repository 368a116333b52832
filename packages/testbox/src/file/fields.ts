import { joinWords } from '../text/join-words.ts';
import { nearestWord } from '../text/nearest-word.ts';
import { readAt } from './collection-shape.ts';
import { addFault, INVALID, type Reading } from './reading.ts';
import { refuse, type JsonSchema, type Shape } from './shape.ts';
import type { MapEntry, MapNode } from './source-node.ts';

export interface Field<T, Required extends boolean> {
  readonly shape: Shape<T>;
  readonly isRequired: Required;
  /** What it means, for editors: a sentence. */
  readonly meaning: string;
}

export function required<T>(shape: Shape<T>, meaning: string): Field<T, true> {
  return { shape, isRequired: true, meaning };
}

export function optional<T>(shape: Shape<T>, meaning: string): Field<T, false> {
  return { shape, isRequired: false, meaning };
}

type AnyFields = Readonly<Record<string, Field<unknown, boolean>>>;

/** Required fields are there; the others may be undefined. */
export type FieldsOf<F extends AnyFields> = {
  readonly [K in keyof F]: F[K] extends Field<infer T, infer R>
    ? R extends true
      ? T
      : T | undefined
    : never;
};

/** An object with known keys, read in any case. Unknown, repeated, empty and missing ones are all told. */
export function fields<F extends AnyFields>(specs: F, what: string): Shape<FieldsOf<F>> {
  const names = Object.keys(specs);
  const allowed = `${what} with the keys ${joinWords(names, 'and')}`;
  return {
    allowed,
    jsonSchema: toJsonSchema(specs),
    read(node, key, reading) {
      if (node.kind !== 'map') return refuse(node, key, reading, allowed);
      const entries = collectEntries(node, key, names, reading);
      let isValid = entries.size === node.entries.length;
      const values: Record<string, unknown> = {};
      for (const [name, { shape, isRequired }] of Object.entries(specs)) {
        const entry = entries.get(name);
        const childKey = join(key, name);
        if (entry === undefined) {
          if (!isRequired) continue;
          isValid = false;
          addFault(reading, key, { found: `the key '${name}' is missing`, allowed: shape.allowed });
          continue;
        }
        const value = readAt(shape, entry.value, childKey, reading);
        if (value === INVALID) isValid = false;
        else values[name] = value;
      }
      return isValid ? (values as FieldsOf<F>) : INVALID;
    },
  };
}

/** The entries by the names that they are known under. */
function collectEntries(
  node: MapNode,
  key: string,
  names: readonly string[],
  reading: Reading,
): ReadonlyMap<string, MapEntry> {
  const entries = new Map<string, MapEntry>();
  for (const entry of node.entries) {
    const name = names.find((name) => name.toLowerCase() === entry.key.toLowerCase());
    const place = { ...entry.keyAt, key: join(key, entry.key) };
    const first = name === undefined ? undefined : entries.get(name);
    if (name === undefined) {
      const suggestion = nearestWord(entry.key, names);
      const isNear = suggestion !== undefined;
      reading.faults.push({
        ...place,
        found: `the key '${entry.key}' is unknown`,
        allowed: isNear ? undefined : names.join(', '),
        suggestion: isNear ? `'${suggestion}'` : undefined,
      });
    } else if (first) {
      const { line } = first.keyAt;
      reading.faults.push({
        ...place,
        found: `the key '${entry.key}' is given twice, first in line ${line}`,
      });
    } else {
      entries.set(name, entry);
    }
  }
  return entries;
}

function join(key: string, name: string): string {
  return key === '' ? name : `${key}.${name}`;
}

/** Keys in any case, required ones too: `properties` is what editors offer, the patterns are what they accept. */
function toJsonSchema(specs: AnyFields): JsonSchema {
  const entries = Object.entries(specs);
  const describe = ({ shape, meaning }: Field<unknown, boolean>): JsonSchema => ({
    description: meaning,
    ...shape.jsonSchema,
  });
  const requirements = entries
    .filter(([, { isRequired }]) => isRequired)
    .map(([name]) => ({ not: { propertyNames: { not: { pattern: inAnyCase(name) } } } }));
  return {
    type: 'object',
    properties: Object.fromEntries(entries.map(([name, field]) => [name, describe(field)])),
    patternProperties: Object.fromEntries(
      entries.map(([name, field]) => [inAnyCase(name), field.shape.jsonSchema]),
    ),
    additionalProperties: false,
    ...(requirements.length > 0 && { allOf: requirements }),
  };
}

function inAnyCase(name: string): string {
  const letters = Array.from(name, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return `^${letters.join('')}$`;
}
