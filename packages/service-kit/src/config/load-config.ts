import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { readEnvValues, warnOfUnknownVariables } from './apply-env.ts';
import type { EnvValue } from './apply-env.ts';
import { checkKeys, isPlainObject } from './check-keys.ts';
import { ConfigError } from './config-error.ts';
import { describeIssue } from './describe-issue.ts';
import { listFields } from './field.ts';
import type { Field } from './field.ts';
import type { Env } from './read-env.ts';
import { parseYamlFile } from './read-yaml.ts';
import type { YamlFile } from './read-yaml.ts';

export interface ConfigSource<S extends z.ZodObject> {
  /** Begins every message: `calendar_api`. */
  readonly executable: string;
  readonly schema: S;
  /** What `--config` said; undefined runs on defaults and the environment. */
  readonly file: string | undefined;
  readonly env: Env;
  /** Variables that others read, beside the usual ones, so that they are not warned of. */
  readonly otherVariables?: readonly string[];
  readonly readFile?: (path: string) => string;
}

/** What people keep in the environment for the executables as such: the data folder, Node, the client. */
const USUAL_VARIABLES = [
  'DAYWATCH_DATA',
  'DAYWATCH_NODE',
  'DAYWATCH_ADDRESS',
  'DAYWATCH_TOKEN',
  'DAYWATCH_TOKEN_FILE',
];

export interface LoadedConfig<T> {
  readonly config: DeepReadonly<T>;
  /** Lines to log once there is a log. */
  readonly warnings: readonly string[];
}

export type DeepReadonly<T> = T extends (infer E)[]
  ? readonly DeepReadonly<E>[]
  : T extends (...args: never) => unknown
    ? T
    : T extends object
      ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
      : T;

type MutableTree = Record<string, unknown>;

/**
 * The configuration of a process: defaults, then the file, then the environment, which wins.
 * @throws ConfigError with one line that names the key, the value and what is allowed.
 */
export function loadConfig<S extends z.ZodObject>(source: ConfigSource<S>): LoadedConfig<z.output<S>> {
  try {
    return load(source);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigError(`${source.executable}: ${error.message}`, { cause: error.cause });
  }
}

function load<S extends z.ZodObject>(source: ConfigSource<S>): LoadedConfig<z.output<S>> {
  const { schema, env, readFile = (path) => readFileSync(path, 'utf8') } = source;
  const fields = listFields(schema);
  const file = source.file === undefined ? undefined : readYaml(source.file, readFile);
  if (file) checkKeys(schema, file);
  const tree = withoutNulls(file?.value ?? {});
  readSecretFiles(tree, fields, readFile);
  const fromEnv = readEnvValues(fields, env, (variable, path) => readSecret(variable, path, readFile));
  for (const { field, value } of fromEnv) setAt(tree, field.path, value);
  const parsed = schema.safeParse(tree);
  if (!parsed.success) throw describeFailure(parsed.error, fields, tree, fromEnv, file);
  return {
    config: deepFreeze(parsed.data) as DeepReadonly<z.output<S>>,
    warnings: warnOfUnknownVariables(fields, env, [...USUAL_VARIABLES, ...(source.otherVariables ?? [])]),
  };
}

function readYaml(path: string, readFile: (path: string) => string): YamlFile {
  return parseYamlFile(
    path,
    readOrExplain(`--config=${path}`, 'a YAML file that can be read', path, readFile),
  );
}

/** `dsn_file: /run/secrets/dsn` beside `dsn`; a key of the schema that is really called so is left alone. */
function readSecretFiles(
  tree: MutableTree,
  fields: readonly Field[],
  readFile: (path: string) => string,
): void {
  const realKeys = new Set(fields.map((field) => field.key));
  for (const { path, key, meta } of fields) {
    const fileKey = `${key}_file`;
    if (meta.secret !== true || realKeys.has(fileKey)) continue;
    const parent = path
      .slice(0, -1)
      .reduce<unknown>((at, name) => (isPlainObject(at) ? at[name] : undefined), tree);
    const name = path.at(-1) ?? '';
    if (!isPlainObject(parent) || !Object.hasOwn(parent, `${name}_file`)) continue;
    const secretPath = parent[`${name}_file`];
    if (typeof secretPath !== 'string') {
      throw new ConfigError(
        `${fileKey}: ${JSON.stringify(secretPath)} is not allowed; allowed is the path of a file`,
      );
    }
    if (Object.hasOwn(parent, name)) {
      throw new ConfigError(`${key}: both ${key} and ${fileKey} are given; allowed is one of them`);
    }
    (parent as MutableTree)[name] = readSecret(fileKey, secretPath, readFile);
    delete (parent as MutableTree)[`${name}_file`];
  }
}

/** Editors and `echo` end a file with a newline, which is no part of the secret. */
function readSecret(place: string, path: string, readFile: (path: string) => string): string {
  return readOrExplain(`${place}: '${path}'`, 'a file that can be read', path, readFile).replace(
    /\r?\n$/,
    '',
  );
}

function readOrExplain(
  place: string,
  allowed: string,
  path: string,
  readFile: (path: string) => string,
): string {
  try {
    return readFile(path);
  } catch (error) {
    throw new ConfigError(`${place} cannot be read: ${explain(error)}; allowed is ${allowed}`, {
      cause: error,
    });
  }
}

function explain(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such file';
    case 'EACCES':
      return 'permission is denied';
    case 'EISDIR':
      return 'it is a folder';
    default:
      return (error as Error).message;
  }
}

/** A copy in which a key that is left empty in YAML (`http:`) is as good as absent. */
function withoutNulls(value: Readonly<Record<string, unknown>>): MutableTree {
  const given = Object.entries(value).filter(([, child]) => child !== null);
  return Object.fromEntries(
    given.map(([name, child]) => [name, isPlainObject(child) ? withoutNulls(child) : child]),
  );
}

function setAt(tree: MutableTree, path: readonly string[], value: unknown): void {
  let at = tree;
  for (const name of path.slice(0, -1)) {
    const next = at[name];
    // A section of another type is for the schema to refuse.
    if (next === undefined) at[name] = {};
    else if (!isPlainObject(next)) return;
    at = at[name] as MutableTree;
  }
  at[path.at(-1) ?? ''] = value;
}

function describeFailure(
  error: z.ZodError,
  fields: readonly Field[],
  tree: unknown,
  fromEnv: readonly EnvValue[],
  file: YamlFile | undefined,
): ConfigError {
  const lines = error.issues.map((issue) =>
    describeIssue(issue, fields, tree, (path) => {
      const key = path.map(String).join('.');
      const said = fromEnv.find(({ field }) => key === field.key || key.startsWith(`${field.key}.`));
      if (said) return `from ${said.variable}`;
      const place = file?.locate(path);
      return file && place ? `${file.path}, ${place}` : undefined;
    }),
  );
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return new ConfigError(`${lines[0]}${more}`);
}

function deepFreeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}
