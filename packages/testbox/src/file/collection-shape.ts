import { INVALID, type Reading } from './reading.ts';
import { refuse, type Shape } from './shape.ts';
import type { SourceNode } from './source-node.ts';

/** A list; every element that is wrong is told. */
export function listOf<T>(shape: Shape<T>, what: string, { min = 0 } = {}): Shape<readonly T[]> {
  const allowed = `a list of ${what}${min > 0 ? `, at least ${min}` : ''}`;
  return {
    allowed,
    jsonSchema: { type: 'array', items: shape.jsonSchema, ...(min > 0 && { minItems: min }) },
    read(node, key, reading) {
      if (node.kind !== 'list' || node.items.length < min) return refuse(node, key, reading, allowed);
      const values = node.items.map((item, i) => readAt(shape, item, `${key}[${i}]`, reading));
      return values.includes(INVALID) ? INVALID : (values as readonly T[]);
    },
  };
}

/** One value, or a list of them. */
export function oneOrMore<T>(shape: Shape<T>, what: string): Shape<readonly T[]> {
  const list = listOf(shape, what, { min: 1 });
  return {
    allowed: `${shape.allowed}, or a list of such`,
    jsonSchema: { anyOf: [shape.jsonSchema, list.jsonSchema] },
    read(node, key, reading) {
      if (node.kind === 'list') return list.read(node, key, reading);
      const value = shape.read(node, key, reading);
      return value === INVALID ? INVALID : [value];
    },
  };
}

/** Keys that people choose themselves, in the order of the file. */
export function recordOf<T>(shape: Shape<T>, what: string): Shape<ReadonlyMap<string, T>> {
  const allowed = `keys with values: ${what}`;
  return {
    allowed,
    jsonSchema: { type: 'object', additionalProperties: shape.jsonSchema },
    read(node, key, reading) {
      if (node.kind !== 'map') return refuse(node, key, reading, allowed);
      const values = node.entries.map(
        (entry) => [entry.key, readAt(shape, entry.value, `${key}.${entry.key}`, reading)] as const,
      );
      if (values.some(([, value]) => value === INVALID)) return INVALID;
      return new Map(values as readonly (readonly [string, T])[]);
    },
  };
}

/** Reads a value below another one, and notes where it stands. */
export function readAt<T>(shape: Shape<T>, node: SourceNode, key: string, reading: Reading) {
  reading.positions.set(key, node.at);
  return shape.read(node, key, reading);
}
