import { z } from 'zod';
import { ConfigError } from './config-error.ts';
import { unwrap } from './field.ts';
import { suggest } from './suggest.ts';
import type { YamlFile } from './read-yaml.ts';

/**
 * Refuses keys that the schema does not know, with the one that was probably meant. Sections are entered;
 * a secret may also be given as `<key>_file`.
 */
export function checkKeys(schema: z.ZodObject, file: YamlFile): void {
  checkLevel(schema, file.value, [], file, listPaths(schema, []));
}

function checkLevel(
  schema: z.ZodObject,
  value: Readonly<Record<string, unknown>>,
  path: readonly string[],
  file: YamlFile,
  allPaths: readonly string[],
): void {
  const known = knownNames(schema);
  for (const [name, child] of Object.entries(value)) {
    const childPath = [...path, name];
    if (!known.includes(name)) throw unknownKey(childPath, known, file, allPaths);
    const inner = Object.hasOwn(schema.shape, name) ? unwrap(schema.shape[name]).inner : undefined;
    if (inner instanceof z.ZodObject && isPlainObject(child)) {
      checkLevel(inner, child, childPath, file, allPaths);
    }
  }
}

function unknownKey(
  path: readonly string[],
  siblings: readonly string[],
  file: YamlFile,
  allPaths: readonly string[],
): ConfigError {
  const prefix = path.slice(0, -1).map((name) => `${name}.`);
  const sibling = suggest(path.at(-1) ?? '', siblings);
  const meant = sibling === undefined ? suggestElsewhere(path, allPaths) : prefix.join('') + sibling;
  const hint = meant === undefined ? `allowed here: ${siblings.join(', ')}` : `did you mean '${meant}'?`;
  return new ConfigError(
    `${file.path}: ${file.locate(path)}: the key '${path.join('.')}' is unknown; ${hint}`,
  );
}

/** The right name in the wrong section: `port` for `http.port`. */
function suggestElsewhere(path: readonly string[], allPaths: readonly string[]): string | undefined {
  const sameName = allPaths.filter((candidate) => candidate.split('.').at(-1) === path.at(-1));
  return sameName.length === 1 ? sameName[0] : undefined;
}

function knownNames(schema: z.ZodObject): string[] {
  return Object.entries(schema.shape).flatMap(([name, child]) =>
    unwrap(child).meta.secret === true ? [name, `${name}_file`] : [name],
  );
}

function listPaths(schema: z.ZodObject, path: readonly string[]): string[] {
  return knownNames(schema).flatMap((name) => {
    const inner = Object.hasOwn(schema.shape, name) ? unwrap(schema.shape[name]).inner : undefined;
    const childPath = [...path, name];
    return inner instanceof z.ZodObject ? listPaths(inner, childPath) : [childPath.join('.')];
  });
}

export function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
