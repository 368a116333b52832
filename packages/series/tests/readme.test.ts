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

  expect(stdout).toBe(
    'stored,stored\n' +
      'http_requests_total{code="200",instance="host-1:9100",job="node"} 10,12\n' +
      'http_requests_total,scrape_duration_seconds,scrape_samples_scraped,up\n',
  );
});
