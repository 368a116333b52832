import { ConfigError } from '@daywatch/service-kit/config';
import type { z } from 'zod';
import type { TargetSettings } from '../../target/target-settings.ts';
import { httpTargetSchema, prometheusTargetSchema } from './target-schema.ts';
import { toSettings, type ReadFile } from './to-settings.ts';

export interface ParseTargetsOptions {
  /** Reads a file of credentials or certificates, as text. */
  readonly readFile: ReadFile;
}

/**
 * Reads the list `targets:` of a configuration.
 * @throws ConfigError with one line that names the target, the key, the value and what is allowed.
 */
export function parseTargets(list: unknown, options: ParseTargetsOptions): readonly TargetSettings[] {
  if (!Array.isArray(list)) throw new ConfigError('targets: allowed is a list of targets');
  const targets = list.map((entry: unknown, index) => parseTarget(entry, `targets[${index}]`, options));
  checkUnique(targets, 'id', 'name');
  checkUnique(targets, 'domain', 'domain');
  return targets;
}

function parseTarget(entry: unknown, place: string, { readFile }: ParseTargetsOptions): TargetSettings {
  // The kind decides which schema judges the rest, and the name is said in every message.
  const { kind, name } = (typeof entry === 'object' && entry !== null ? entry : {}) as Record<
    string,
    unknown
  >;
  const at = typeof name === 'string' && name !== '' ? `${place} (${name.slice(0, 60)})` : place;
  if (kind !== undefined && kind !== 'prometheus' && kind !== 'http') {
    throw new ConfigError(
      `${at}.kind: ${JSON.stringify(kind)} is not allowed; allowed are prometheus and http`,
    );
  }
  const parsed = (kind === 'http' ? httpTargetSchema : prometheusTargetSchema).safeParse(entry);
  if (!parsed.success) throw new ConfigError(describe(parsed.error, at, entry));
  const fault = (key: string, problem: string): ConfigError => new ConfigError(`${at}.${key}: ${problem}`);
  return toSettings(parsed.data, { readFile, fault });
}

function describe({ issues }: z.ZodError, at: string, entry: unknown): string {
  const [issue] = issues as [z.core.$ZodIssue];
  const key = [at, ...issue.path.map(String)].join('.');
  if (issue.code === 'unrecognized_keys') {
    return `${at}: the key '${[...issue.path.map(String), issue.keys[0]].join('.')}' is unknown`;
  }
  const value = valueAt(entry, issue.path);
  if (value === undefined) return `${key}: is missing`;
  return `${key}: ${isSecret(issue.path) ? 'the value' : JSON.stringify(value)} is not allowed: ${issue.message}`;
}

function isSecret(path: readonly PropertyKey[]): boolean {
  return path.some((part) => /^(basic_auth|bearer_token|headers)$/.test(String(part)));
}

function valueAt(entry: unknown, path: readonly PropertyKey[]): unknown {
  let at = entry;
  for (const part of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<PropertyKey, unknown>)[part];
  }
  return at;
}

function checkUnique(targets: readonly TargetSettings[], field: 'id' | 'domain', key: string): void {
  const seen = new Set<string>();
  for (const target of targets) {
    const value = target[field];
    if (seen.has(value)) throw new ConfigError(`targets: two have the ${key} '${value}'; each has its own`);
    seen.add(value);
  }
}
