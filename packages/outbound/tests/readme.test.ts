import { join } from 'node:path';

import { expect, it } from 'vitest';

import { runReadmeExample } from '../../../tests/_support/readme-example.ts';

it('should run the example of the README as it stands', async () => {
  const { stdout } = await runReadmeExample(join(import.meta.dirname, '..'));

  expect(stdout.split('\n')).toEqual([
    '200 up 1 true',
    '5',
    'fenced_address | the address 169.254.169.254 is in the fenced network 169.254.0.0/16',
    '',
  ]);
});
