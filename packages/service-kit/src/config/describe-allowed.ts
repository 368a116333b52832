import { z } from 'zod';
import { unwrap } from './field.ts';
import type { FieldMeta } from './field.ts';

/** The end of the sentence "allowed is …" for a schema. */
export function describeAllowed(schema: z.ZodType, meta: FieldMeta): string {
  if (meta.allowed !== undefined) return meta.allowed;
  if (schema instanceof z.ZodEnum) return joinWords(schema.options.map(String));
  if (schema instanceof z.ZodNumber) return describeNumber(schema);
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodArray) {
    const element = unwrap(schema.element);
    return `a list, each element ${describeAllowed(element.inner, element.meta)}`;
  }
  return 'what the documentation of this key says';
}

/** The type of a key in the reference: `whole number`, `duration`, `list of text`. */
export function describeType(schema: z.ZodType, meta: FieldMeta): string {
  if (meta.type !== undefined) return meta.type;
  if (schema instanceof z.ZodEnum) return schema.options.map((option) => `\`${String(option)}\``).join(', ');
  if (schema instanceof z.ZodNumber) return schema.isInt ? 'whole number' : 'number';
  if (schema instanceof z.ZodBoolean) return 'true or false';
  if (schema instanceof z.ZodString) return 'text';
  if (schema instanceof z.ZodArray) {
    const element = unwrap(schema.element);
    return `list of ${describeType(element.inner, element.meta)}`;
  }
  return 'structure';
}

function describeNumber(schema: z.ZodNumber): string {
  const noun = schema.isInt ? 'a whole number' : 'a number';
  const low = bound(schema.minValue);
  const high = bound(schema.maxValue);
  if (low !== undefined && high !== undefined) return `${noun} from ${low} to ${high}`;
  if (low !== undefined) return `${noun} from ${low} on`;
  return high === undefined ? noun : `${noun} up to ${high}`;
}

/** Whole numbers are bounded by what a double holds; that says nothing to people. */
function bound(value: number | null): number | undefined {
  return value === null || Math.abs(value) >= Number.MAX_SAFE_INTEGER ? undefined : value;
}

function joinWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
