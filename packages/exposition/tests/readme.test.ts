import { readFile } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import * as exposition from '../src/index.ts';

const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code ?? '');

/** A line of an example whose comment says what it gives (`// → text`) or that it fails (`// throws text`). */
const CLAIM = /^(.*); \/\/ (→|throws) (.*)$/;

/** Runs an example; each claim becomes a pair of what came and what the README says. */
function run(code: string): readonly (readonly [string, string])[] {
  const lines = code
    .replaceAll(/^import [^;]*;$/gm, '')
    .split('\n')
    .map((line) => {
      const [, expression = '', kind, claim = ''] = CLAIM.exec(line) ?? [];
      return kind === undefined
        ? line
        : `claims.push([attempt(() => ${expression}), ${JSON.stringify(claim)}]);`;
    });
  const claims: [string, string][] = [];
  const attempt = (get: () => unknown): string => {
    try {
      return String(get()).replaceAll('\n', String.raw`\n`);
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  };
  const scope = { ...exposition, claims, attempt };
  // The code is the README's own.
  // oxlint-disable-next-line no-implied-eval, no-new-func
  const example = new Function(...Object.keys(scope), stripTypeScriptTypes(lines.join('\n')));
  example(...Object.values(scope));
  return claims;
}

describe('the README', () => {
  it.each(blocks.map((code, index) => [index + 1, code] as const))(
    'should be true in its example %i',
    (_, code) => {
      const claims = run(code);

      expect(claims.length).toBeGreaterThan(0);
      expect(claims.map(([came]) => came)).toEqual(claims.map(([, said]) => said));
    },
  );
});
