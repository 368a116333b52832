import { isJsonObject, type Json, type JsonObject } from '../object/kube-object.ts';
import { fieldTypeOf, type MergeType } from './merge-type.ts';

/** A part of a value with the step that leads to it in a field set, and its type. */
export interface Part {
  readonly step: string;
  readonly value: Json;
  readonly type: MergeType | undefined;
}

/**
 * A value as ownership sees it: one whole, or parts that have owners of their own. All of apply (what a value
 * owns, how two differ, how they merge) walks values through this.
 */
export type Shape =
  | { readonly kind: 'whole' }
  | { readonly kind: 'fields'; readonly parts: ReadonlyMap<string, Part> }
  | { readonly kind: 'set'; readonly parts: ReadonlyMap<string, Part> }
  | { readonly kind: 'keyed'; readonly parts: ReadonlyMap<string, Part> };

export function shapeOf(value: Json, type: MergeType | undefined): Shape {
  if (type?.isAtomic === true) return { kind: 'whole' };
  if (Array.isArray(value)) return shapeOfList(value, type);
  if (!isJsonObject(value)) return { kind: 'whole' };
  const parts = Object.entries(value).map(([field, inner]): readonly [string, Part] => {
    const step = `f:${field}`;
    return [step, { step, value: inner, type: fieldTypeOf(type, field) }];
  });
  return { kind: 'fields', parts: new Map(parts) };
}

function shapeOfList(items: readonly Json[], type: MergeType | undefined): Shape {
  if (type?.list === undefined) return { kind: 'whole' };
  if (type.list === 'set') {
    const parts = items.map((value): readonly [string, Part] => {
      const step = `v:${JSON.stringify(value)}`;
      return [step, { step, value, type: undefined }];
    });
    return { kind: 'set', parts: new Map(parts) };
  }
  const parts: [string, Part][] = [];
  for (const value of items) {
    const step = isJsonObject(value) ? keyStep(value, type) : undefined;
    // Without its keys an item cannot be told from others: then the list is one value.
    if (step === undefined) return { kind: 'whole' };
    parts.push([step, { step, value, type: type.items }]);
  }
  return { kind: 'keyed', parts: new Map(parts) };
}

function keyStep(item: JsonObject, { list, keyDefaults }: MergeType): string | undefined {
  const keys: JsonObject = {};
  for (const name of Array.isArray(list) ? list.toSorted((left, right) => (left < right ? -1 : 1)) : []) {
    const value = item[name] ?? keyDefaults?.[name];
    if (value === undefined) return undefined;
    keys[name] = value;
  }
  return `k:${JSON.stringify(keys)}`;
}

/** Puts parts together again, in their order. */
export function assemble(kind: 'fields' | 'set' | 'keyed', parts: Iterable<Part>): Json {
  if (kind !== 'fields') return Array.from(parts, ({ value }) => value);
  return Object.fromEntries(Array.from(parts, ({ step, value }) => [step.slice(2), value] as const));
}
