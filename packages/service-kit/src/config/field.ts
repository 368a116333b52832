import { z } from 'zod';

/** What `.meta()` of a configuration key may say; the documentation and the messages are made from it. */
export interface FieldMeta {
  /** What the key means, in one or two sentences. */
  readonly description?: string;
  /** Never shown; may also come from a file (`<key>_file`, `<VARIABLE>_FILE`). */
  readonly secret?: boolean;
  /** The type in the reference, where the schema's own name would not help: `duration`. */
  readonly type?: string;
  /** What is allowed, as the end of the sentence "allowed is …". */
  readonly allowed?: string;
  /** A value for the sample file, where there is no default. */
  readonly example?: unknown;
}

export type FieldKind = 'number' | 'boolean' | 'string' | 'list' | 'json';

/** One key of a configuration that holds a value: a leaf of the schema. */
export interface Field {
  readonly path: readonly string[];
  /** The path as people write it: `http.port`. */
  readonly key: string;
  readonly envName: string;
  readonly kind: FieldKind;
  readonly schema: z.ZodType;
  /** The kind of an element, for lists. */
  readonly elementKind: FieldKind;
  readonly meta: FieldMeta;
  /** What is used when nobody says anything, in the spelling of a file; undefined for none. */
  readonly defaultValue: unknown;
  readonly required: boolean;
}

const ENV_PREFIX = 'DAYWATCH_';

/** Every leaf of a schema, in the order of the schema. */
export function listFields(schema: z.ZodObject): readonly Field[] {
  const fields = [...walk(schema, [])];
  const names = new Set(fields.map((field) => field.envName));
  if (names.size !== fields.length) {
    throw new TypeError('two keys of the schema have the same environment variable');
  }
  return fields;
}

/** `http.allowed_hosts` is `DAYWATCH_HTTP_ALLOWED_HOSTS`. */
function toEnvName(path: readonly string[]): string {
  return ENV_PREFIX + path.join('_').toUpperCase();
}

/** The schema beneath defaults, optionals and transformations, and what those said. */
export function unwrap(schema: unknown): Unwrapped {
  let inner = schema as z.ZodType;
  let meta: FieldMeta = {};
  let defaultValue: unknown;
  let required = true;
  for (;;) {
    meta = { ...(inner.meta() as FieldMeta | undefined), ...meta };
    if (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault) {
      defaultValue ??= inner.def.defaultValue;
      required = false;
      inner = inner.def.innerType as z.ZodType;
    } else if (inner instanceof z.ZodOptional || inner instanceof z.ZodNullable) {
      required = false;
      inner = inner.def.innerType as z.ZodType;
    } else if (inner instanceof z.ZodReadonly) {
      inner = inner.def.innerType as z.ZodType;
    } else if (inner instanceof z.ZodPipe) {
      inner = inner.def.in as z.ZodType;
    } else {
      return { inner, meta, defaultValue, required };
    }
  }
}

interface Unwrapped {
  readonly inner: z.ZodType;
  readonly meta: FieldMeta;
  readonly defaultValue: unknown;
  readonly required: boolean;
}

function* walk(schema: z.ZodObject, path: readonly string[]): Generator<Field> {
  for (const [name, child] of Object.entries(schema.shape)) {
    const childPath = [...path, name];
    const { inner, meta, defaultValue, required } = unwrap(child);
    if (inner instanceof z.ZodObject) {
      yield* walk(inner, childPath);
      continue;
    }
    yield {
      path: childPath,
      key: childPath.join('.'),
      envName: toEnvName(childPath),
      kind: kindOf(inner),
      elementKind: inner instanceof z.ZodArray ? kindOf(unwrap(inner.element).inner) : 'json',
      schema: inner,
      meta,
      defaultValue,
      required,
    };
  }
}

function kindOf(schema: z.ZodType): FieldKind {
  if (schema instanceof z.ZodNumber) return 'number';
  if (schema instanceof z.ZodBoolean) return 'boolean';
  if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return 'string';
  if (schema instanceof z.ZodArray) return 'list';
  return 'json';
}
