import { Environment } from '@marcbachmann/cel-js';
import { isJsonObject, type Json } from '../object/kube-object.ts';
import type { StructuralSchema } from './structural-schema.ts';

export interface CompiledRule {
  evaluate(scope: Readonly<Record<string, unknown>>): unknown;
  /** A rule about a change is asked on updates alone. */
  readonly usesOldSelf: boolean;
}

/** CEL with the functions that Kubernetes adds, as far as validation rules are likely to use them. */
const environment = new Environment({ unlistedVariablesAreDyn: true })
  .registerFunction('isURL(string): bool', (text: string) => URL.canParse(text))
  .registerFunction(
    'string.find(string): string',
    (text: string, pattern: string) => new RegExp(pattern, 'u').exec(text)?.[0] ?? '',
  );

const compiledRules = new Map<string, CompiledRule>();

/** @throws Error that says where the expression is wrong */
export function compileRule(rule: string): CompiledRule {
  const known = compiledRules.get(rule);
  if (known !== undefined) return known;
  const parsed = environment.parse(rule);
  const compiled = {
    evaluate: (scope: Readonly<Record<string, unknown>>) => parsed(scope),
    usesOldSelf: /\boldSelf\b/.test(rule),
  };
  compiledRules.set(rule, compiled);
  return compiled;
}

/** CEL reserves these words; Kubernetes writes fields of such names with underscores around them. */
const RESERVED = new Set(
  (
    'true false null in as break const continue else for function if import let loop package namespace return ' +
    'var void while'
  ).split(' '),
);

/** A value as CEL has it: integers are not floating-point numbers, and times are times. */
export function toCelValue(value: Json, schema: StructuralSchema | undefined): unknown {
  if (typeof value === 'number')
    return schema?.type !== 'number' && Number.isInteger(value) ? BigInt(value) : value;
  if (typeof value === 'string') return schema?.format === 'date-time' ? new Date(value) : value;
  if (Array.isArray(value)) return value.map((item) => toCelValue(item, schema?.items));
  if (!isJsonObject(value)) return value;
  const { properties = {}, additionalProperties } = schema ?? {};
  const element = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => {
      const known = properties[field];
      return [known === undefined ? field : escapeName(field), toCelValue(inner, known ?? element)];
    }),
  );
}

function escapeName(name: string): string {
  if (RESERVED.has(name)) return `__${name}__`;
  return name
    .replaceAll('__', '__underscores__')
    .replaceAll('.', '__dot__')
    .replaceAll('-', '__dash__')
    .replaceAll('/', '__slash__');
}
