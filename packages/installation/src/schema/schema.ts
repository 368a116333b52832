/** The part of JSON Schema that a structural schema of Kubernetes may use. */
export interface JsonSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'boolean';
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly maxProperties?: number;
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema;
  readonly required?: readonly string[];
  readonly 'x-kubernetes-preserve-unknown-fields'?: true;
  readonly 'x-kubernetes-int-or-string'?: true;
  readonly 'x-kubernetes-list-type'?: 'atomic' | 'set' | 'map';
  readonly 'x-kubernetes-list-map-keys'?: readonly string[];
  readonly 'x-kubernetes-validations'?: readonly Rule[];
}

/** A rule in CEL, the language of expressions of Kubernetes: what must hold, and what is said where it does not. */
export interface Rule {
  readonly rule: string;
  readonly message: string;
  /** Which field the message is about: `.secretName`. */
  readonly fieldPath?: string;
}

declare const TYPE: unique symbol;

/** A structural schema, and with it the type of what it allows once the defaults are in: one source for both. */
export interface Schema<T> {
  readonly json: JsonSchema;
  readonly isOptional: boolean;
  readonly [TYPE]?: T;
}

/** A field that may be missing, and has no default. */
export interface OptionalSchema<T> extends Schema<T> {
  readonly isOptional: true;
}

/** The type of what a schema allows, with defaults: `type Spec = Infer<typeof specSchema>`. */
export type Infer<S> = S extends Schema<infer T> ? T : never;

export type Fields = Readonly<Record<string, Schema<unknown>>>;

type Simplify<T> = { [K in keyof T]: T[K] } & {};

/** The object with these fields. */
export type ObjectOf<F extends Fields> = Simplify<
  {
    readonly [K in keyof F as F[K] extends OptionalSchema<unknown> ? never : K]: Infer<F[K]>;
  } & {
    readonly [K in keyof F as F[K] extends OptionalSchema<unknown> ? K : never]?: Infer<F[K]>;
  }
>;
