import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runReadmeExample } from '../../../tests/_support/readme-example.ts';

it('should run the example of the README as it stands', async () => {
  const { stdout } = await runReadmeExample(join(import.meta.dirname, '..'));

  expect(stdout).toBe('2 pods are ready\n409 Conflict\npatch deployments by operator\n');
});
