import type { Fields, JsonSchema, ObjectOf, OptionalSchema, Rule, Schema } from './schema.ts';

interface Described<T> {
  readonly description: string;
  readonly default?: T;
}

interface TextOptions extends Described<string> {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly format?: 'date-time';
}

/** Texts are bounded, so that the cost of the rules over them is. */
export function text(options: TextOptions): Schema<string> {
  return make({ type: 'string', maxLength: 1024, ...options });
}

export function choice<const T extends string>(values: readonly T[], options: Described<T>): Schema<T> {
  return make({ type: 'string', enum: values, ...options });
}

interface IntegerOptions extends Described<number> {
  readonly minimum?: number;
  readonly maximum?: number;
  readonly format?: 'int64' | 'int32';
}

export function integer(options: IntegerOptions): Schema<number> {
  return make({ type: 'integer', ...options });
}

export function flag(options: Described<boolean>): Schema<boolean> {
  return make({ type: 'boolean', ...options });
}

/** A number or a text, as ports (`8080`, `metrics`) and quantities (`2`, `512Mi`) are written. */
export function integerOrText(options: {
  readonly description: string;
  readonly pattern?: string;
}): Schema<number | string> {
  return make({ 'x-kubernetes-int-or-string': true, maxLength: 63, ...options });
}

interface ListOptions<T> extends Described<readonly T[]> {
  readonly minItems?: number;
  readonly maxItems: number;
  /** The fields that tell the elements apart, where several may own elements of one list. */
  readonly keys?: readonly string[];
}

export function list<T>(items: Schema<T>, options: ListOptions<T>): Schema<readonly T[]> {
  const { keys, ...rest } = options;
  const kind: JsonSchema =
    keys === undefined
      ? { 'x-kubernetes-list-type': 'atomic' }
      : { 'x-kubernetes-list-type': 'map', 'x-kubernetes-list-map-keys': keys };
  return make({ type: 'array', ...rest, items: items.json, ...kind });
}

interface MapOptions<T> extends Described<Readonly<Record<string, T>>> {
  readonly maxProperties?: number;
}

export function map<T>(values: Schema<T>, options: MapOptions<T>): Schema<Readonly<Record<string, T>>> {
  return make({ type: 'object', maxProperties: 64, ...options, additionalProperties: values.json });
}

interface ObjectOptions extends Described<Readonly<Record<string, unknown>>> {
  readonly rules?: readonly Rule[];
}

/** An object with these fields and no others: the API server drops what it does not know, or refuses it when asked to. */
export function object<const F extends Fields>(fields: F, options: ObjectOptions): Schema<ObjectOf<F>> {
  const { rules, ...rest } = options;
  const properties = Object.entries(fields).map(([name, { json }]) => [name, json] as const);
  const required = Object.entries(fields)
    .filter(([, { json, isOptional }]) => !isOptional && json.default === undefined)
    .map(([name]) => name);
  return make({
    type: 'object',
    ...rest,
    ...(required.length > 0 ? { required } : {}),
    properties: Object.fromEntries(properties),
    ...(rules === undefined ? {} : { 'x-kubernetes-validations': rules }),
  });
}

/** An object of any fields: a configuration, which the executable that reads it judges. */
export function anyObject(options: {
  readonly description: string;
}): Schema<Readonly<Record<string, unknown>>> {
  return make({ type: 'object', 'x-kubernetes-preserve-unknown-fields': true, ...options });
}

export function optional<T>(schema: Schema<T>): OptionalSchema<T> {
  return { ...schema, isOptional: true };
}

function make<T>(json: JsonSchema): Schema<T> {
  return { json, isOptional: false };
}
