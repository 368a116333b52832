import { ConfigError } from './config-error.ts';
import type { Field, FieldKind } from './field.ts';
import { suggest } from './suggest.ts';
import type { Env } from './read-env.ts';

/** A value from the environment, or from a file that a `_FILE` variable names, in the type of its key. */
export interface EnvValue {
  readonly field: Field;
  readonly value: unknown;
  /** The variable that said it. */
  readonly variable: string;
}

/** An empty variable counts as absent: that is how Docker Compose passes on what is not set. */
export function readEnvValues(
  fields: readonly Field[],
  env: Env,
  readSecret: (variable: string, path: string) => string,
): readonly EnvValue[] {
  const values: EnvValue[] = [];
  for (const field of fields) {
    const text = env[field.envName];
    const fileVariable = `${field.envName}_FILE`;
    const file = field.meta.secret === true ? env[fileVariable] : undefined;
    if (text && file) {
      throw new ConfigError(
        `${field.key}: both ${field.envName} and ${fileVariable} are set; allowed is one of them`,
      );
    }
    if (text) values.push({ field, value: coerce(field, text), variable: field.envName });
    if (file) values.push({ field, value: readSecret(fileVariable, file), variable: fileVariable });
  }
  return values;
}

/** One line for each variable with our prefix that no key answers to: most often a spelling mistake. */
export function warnOfUnknownVariables(
  fields: readonly Field[],
  env: Env,
  otherVariables: readonly string[],
): readonly string[] {
  const known = fields.flatMap((field) =>
    field.meta.secret === true ? [field.envName, `${field.envName}_FILE`] : [field.envName],
  );
  known.push(...otherVariables);
  return Object.keys(env)
    .filter((name) => name.startsWith('DAYWATCH_') && !known.includes(name))
    .map((name) => {
      const meant = suggest(name, known);
      return `the environment variable ${name} is unknown and not used${meant ? `; did you mean ${meant}?` : ''}`;
    });
}

function coerce(field: Field, text: string): unknown {
  if (field.kind !== 'list') return coerceScalar(field, field.kind, text.trim());
  if (text.trimStart().startsWith('[')) return parseJson(field, text);
  const parts = text.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '').map((part) => coerceScalar(field, field.elementKind, part));
}

/** What does not fit stays text: the schema refuses it in its own words. */
function coerceScalar(field: Field, kind: FieldKind, text: string): unknown {
  switch (kind) {
    case 'number':
      return /^[-+]?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === '1' ? true : text === 'false' || text === '0' ? false : text;
    case 'string':
      return text;
    default:
      return /^[[{]/.test(text) ? parseJson(field, text) : text;
  }
}

function parseJson(field: Field, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const shown = field.meta.secret === true ? '***' : `'${text.slice(0, 80)}'`;
    throw new ConfigError(`${field.key} (from ${field.envName}): ${shown} is not valid JSON`, {
      cause: error,
    });
  }
}
