import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runReadmeExample } from '../../../tests/_support/readme-example.ts';

const PACKAGE = join(import.meta.dirname, '..');

describe('the README', () => {
  it('should print from its example what it says there', async () => {
    const { stdout } = await runReadmeExample(PACKAGE);

    const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8');
    const promised = Array.from(readme.matchAll(/^\/\/ (.*)$/gm), ([, line]) => `${line}\n`).join('');
    expect(stdout).toBe(promised);
  });
});
