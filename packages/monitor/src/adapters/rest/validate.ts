import { suggest } from '@daywatch/service-kit/config';
import { httpError, type HttpError } from '@daywatch/service-kit/listen';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';

interface Violation {
  readonly field: string;
  readonly description: string;
}

/** More than a person reads at once. */
const MAX_VIOLATIONS = 20;

/** Makes the validators of queries: what is wrong becomes one answer that names parameter, value and what is allowed. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema }) => {
  return (data: unknown) => {
    const result = schema.safeParse(data);
    if (result.success) return { value: result.data };
    const found = result.error.issues.flatMap((issue) => describe(issue, schema, data));
    return { error: refuse(found.slice(0, MAX_VIOLATIONS)) };
  };
};

function refuse(details: readonly Violation[]): HttpError {
  const message = details.map(({ field, description }) => `${field}: ${description}`).join('; ');
  return httpError('invalid_request', message, { details });
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodType, data: unknown): readonly Violation[] {
  const field = String(issue.path[0] ?? 'query');
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.slice(0, MAX_VIOLATIONS).map((key) => describeUnknown(key, keysOf(schema)));
    case 'invalid_type': {
      const value = (data as Readonly<Record<string, unknown>> | undefined)?.[field];
      const description = Array.isArray(value)
        ? `is given ${value.length} times; allowed is once`
        : 'is missing; allowed is a text';
      return [{ field, description }];
    }
    default:
      return [{ field, description: issue.message }];
  }
}

function describeUnknown(key: string, known: readonly string[]): Violation {
  // Longer names are not near to any, and comparing them is not free.
  const near = key.length <= 64 ? suggest(key, known) : undefined;
  const hint = near === undefined ? '' : `; did you mean '${near}'?`;
  const allowed = known.length === 0 ? 'no parameters' : known.join(', ');
  return {
    field: abbreviate(key) || "''",
    description: `is no parameter of this request${hint}; allowed are ${allowed}`,
  };
}

function keysOf(schema: z.ZodType): readonly string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
}

/** A value for a message: short, and without characters that a terminal would act on. */
export function abbreviate(text: string): string {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return shown.replaceAll(
    /[\p{C}\u2028\u2029]/gu,
    (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
  );
}
