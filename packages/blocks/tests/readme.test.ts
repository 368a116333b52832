import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { expect, it } from 'vitest';

const PACKAGE = join(import.meta.dirname, '..');

it('should run the example of the README as it stands', async () => {
  const readme = await readFile(join(PACKAGE, 'README.md'), 'utf8');
  const example = /```ts\n(?<code>.*?)```/s.exec(readme)?.groups?.['code'] ?? '';

  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module-typescript', '--eval', example],
    { cwd: PACKAGE, timeout: 20_000 },
  );

  expect(stdout).toMatch(/^\d{2,3} bytes for 11520 cells\n0.1 NaN true 0.39\n15 true 2.5\n$/);
});
