import type { z } from 'zod';
import { describeAllowed } from './describe-allowed.ts';
import type { Field } from './field.ts';
import { VALUE } from './value-types.ts';

/** One line for what a schema found wrong: the key, where it was said, the value and what is allowed. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  fields: readonly Field[],
  input: unknown,
  source: (path: readonly PropertyKey[]) => string | undefined,
): string {
  const key = issue.path.map(String).join('.');
  const field = fields.find((candidate) => candidate.path.every((name, i) => issue.path[i] === name));
  const from = source(issue.path);
  const place = from === undefined ? key : `${key} (${from})`;
  if (issue.code === 'custom' && issue.params?.['kind'] !== VALUE.kind) return `${place}: ${issue.message}`;
  if (issue.code === 'unrecognized_keys') return `${place}: the key '${issue.keys.join("', '")}' is unknown`;
  const value = valueAt(input, issue.path);
  const allowed = field ? describeAllowed(field.schema, field.meta) : 'keys below it';
  if (value === undefined) {
    return `${place} is missing; allowed is ${allowed}${field ? `; it can also be set as ${field.envName}` : ''}`;
  }
  const shown = field?.meta.secret === true ? '***' : show(value);
  return `${place}: ${shown} is not allowed; allowed is ${allowed}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input;
  for (const name of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[name];
  return value;
}

function show(value: unknown): string {
  const text = typeof value === 'string' ? `'${value.replaceAll('\n', '\\n')}'` : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
