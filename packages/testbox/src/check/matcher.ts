import { shorten } from '../text/shorten.ts';
import type { Json } from './json-path.ts';

/** What a value may be asked to be. */
export type Matcher =
  | { readonly kind: 'equals'; readonly value: Json }
  | { readonly kind: 'contains'; readonly value: string | number | boolean }
  | { readonly kind: 'matches'; readonly pattern: string }
  | { readonly kind: 'above'; readonly value: number }
  | { readonly kind: 'below'; readonly value: number }
  | { readonly kind: 'type'; readonly type: JsonType }
  | { readonly kind: 'length'; readonly length: number }
  | { readonly kind: 'exists'; readonly exists: boolean };

export const JSON_TYPES = ['string', 'number', 'boolean', 'null', 'list', 'object'] as const;
type JsonType = (typeof JSON_TYPES)[number];

/** Whether a value is what was asked for. @param value undefined where there is none */
export function isMatch(matcher: Matcher, value: Json | undefined): boolean {
  if (matcher.kind === 'exists') return (value !== undefined) === matcher.exists;
  if (value === undefined) return false;
  switch (matcher.kind) {
    case 'equals':
      return isEqual(matcher.value, value);
    case 'contains':
      if (Array.isArray(value)) return value.some((item) => isEqual(item as Json, matcher.value));
      return typeof value === 'string' && value.includes(String(matcher.value));
    case 'matches':
      return isScalar(value) && new RegExp(matcher.pattern, 'u').test(String(value));
    case 'above':
      return typeof value === 'number' && value > matcher.value;
    case 'below':
      return typeof value === 'number' && value < matcher.value;
    case 'type':
      return typeOf(value) === matcher.type;
    case 'length':
      return (Array.isArray(value) || typeof value === 'string') && value.length === matcher.length;
    default:
      return matcher satisfies never;
  }
}

/** For messages: `"Dentist"`, `above 3`, `text that matches ^a`. */
export function describeMatcher(matcher: Matcher): string {
  switch (matcher.kind) {
    case 'equals':
      return describeJson(matcher.value);
    case 'contains':
      return `what contains ${describeJson(matcher.value)}`;
    case 'matches':
      return `text that matches ${matcher.pattern}`;
    case 'above':
    case 'below':
      return `${matcher.kind} ${matcher.value}`;
    case 'type':
      return `a value of type ${matcher.type}`;
    case 'length':
      return `length ${matcher.length}`;
    case 'exists':
      return matcher.exists ? 'a value' : 'no value';
    default:
      return matcher satisfies never;
  }
}

export function describeJson(value: Json | undefined): string {
  return value === undefined ? 'nothing' : shorten(JSON.stringify(value), 120);
}

/** As JSON compares: the order of keys does not count. */
export function isEqual(a: Json, b: Json): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), b as Readonly<Record<string, Json>>];
  return (
    left.length === Object.keys(b).length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && isEqual(value, right[key] as Json))
  );
}

function isScalar(value: Json): value is string | number | boolean {
  return typeof value !== 'object';
}

function typeOf(value: Json): JsonType {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value as 'string' | 'number' | 'boolean' | 'object';
}
