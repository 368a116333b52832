import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runReadmeExample } from '../../../tests/_support/readme-example.ts';

it('should run the example of the README as it stands', async () => {
  const { stdout } = await runReadmeExample(join(import.meta.dirname, '..'));

  expect(stdout).toBe('calendar-api 3\nJob daywatch-migrate-0-1-0\nDeployment daywatch-calendar-api: daywatch/calendar-api:0.1.0\n');
});
