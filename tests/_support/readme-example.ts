import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs the `at`th TypeScript block of a package's README as a program of its own, as it stands. */
export async function runReadmeExample(
  packageFolder: string,
  { at = 0, env = {} }: { readonly at?: number; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const readme = await readFile(join(packageFolder, 'README.md'), 'utf8');
  const examples = Array.from(readme.matchAll(/```ts\n(?<code>.*?)```/gs), ({ groups }) => groups?.['code']);
  const example = examples[at];
  if (example === undefined) throw new Error(`the README of ${packageFolder} has no example number ${at}`);
  return promisify(execFile)(process.execPath, ['--input-type=module-typescript', '--eval', example], {
    cwd: packageFolder,
    env: { ...process.env, ...env },
    timeout: 60_000,
  });
}
