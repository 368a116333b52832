import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';
import { suggest } from '@daywatch/service-kit/config';
import { ErrInvalidRequest, type FieldViolation } from '../../errors.ts';
import { abbreviate } from '../../time/plain-date.ts';

/** More than a person reads at once. */
const MAX_VIOLATIONS = 20;

/** Makes the validators of routes: a schema's issues become violations that name field, value and what is allowed. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const isQuery = httpPart === 'querystring';
  return (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const found = result.error.issues.flatMap((issue) => describe(issue, schema, data, isQuery));
    return { error: new ErrInvalidRequest(found.slice(0, MAX_VIOLATIONS)) };
  };
};

function describe(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  data: unknown,
  isQuery: boolean,
): readonly FieldViolation[] {
  const field = formatPath(issue.path) || 'body';
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path);
      return issue.keys
        .slice(0, MAX_VIOLATIONS)
        .map((key) => describeUnknown(formatPath([...issue.path, key]), key, known, isQuery));
    }
    case 'invalid_type': {
      const value = valueAt(data, issue.path);
      if (isQuery && Array.isArray(value))
        return [{ field, description: `is given ${value.length} times; allowed is once` }];
      const allowed = ALLOWED[issue.expected] ?? issue.expected;
      // The framework has null for no body too.
      if (field === 'body' && value === null)
        return [{ field, description: `is missing or null; allowed is ${allowed}` }];
      return [{ field, description: `${describeValue(value)}; allowed is ${allowed}` }];
    }
    default:
      return [{ field, description: issue.message }];
  }
}

const ALLOWED: Readonly<Record<string, string>> = {
  string: 'a string',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
};

function describeValue(value: unknown): string {
  if (value === undefined) return 'is missing';
  if (value === null) return 'is null';
  if (Array.isArray(value)) return 'is an array';
  if (typeof value === 'object') return 'is an object';
  if (typeof value === 'string') return `is the string '${abbreviate(value)}'`;
  return `is the ${typeof value} ${JSON.stringify(value)}`;
}

function describeUnknown(
  path: string,
  key: string,
  known: readonly string[],
  isQuery: boolean,
): FieldViolation {
  const what = isQuery ? 'parameter' : 'field';
  // Longer names are not near to any, and comparing them is not free.
  const near = key.length <= 64 ? suggest(key, known) : undefined;
  const hint = near === undefined ? '' : `; did you mean '${near}'?`;
  const allowed = known.length === 0 ? `no ${what}s` : known.join(', ');
  return {
    field: abbreviate(path) || "''",
    description: `is no ${what} of this request${hint}; allowed are ${allowed}`,
  };
}

/** `recurrence.rrule`, `notify_before[0]`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown> | undefined)?.[part], data);
}

/** The fields that the object at the path may have. */
function keysAt(schema: z.core.$ZodType, path: readonly PropertyKey[]): readonly string[] {
  let at = unwrap(schema);
  for (const part of path) {
    const child = at instanceof z.ZodObject ? at.shape[String(part)] : undefined;
    if (!child) return [];
    at = unwrap(child);
  }
  return at instanceof z.ZodObject ? Object.keys(at.shape) : [];
}

function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable
    ? unwrap(schema.unwrap())
    : schema;
}
