import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { createTestDatabase } from '../../../tests/_support/databases.ts';
import { runReadmeExample } from '../../../tests/_support/readme-example.ts';
import { parseWebhookSecret, signWebhook } from '../src/adapters/webhook/index.ts';

const PACKAGE = join(import.meta.dirname, '..');

describe('the README', () => {
  it('should run its example of a queue as it stands', async () => {
    await using database = await createTestDatabase();

    const { stdout } = await runReadmeExample(PACKAGE, { env: { DSN: database.dsn } });

    expect(stdout).toBe('confirmed,confirmed\nn-1 Dentist\nn-2: not JSON\n1\n');
  });

  it('should verify with its example what we sign', async () => {
    const secret = parseWebhookSecret(`whsec_${Buffer.alloc(32, 7).toString('base64')}`);
    const signature = signWebhook(secret, 'n-1', 1_893_456_000, '{"id":"n-1"}');

    const { stdout } = await runReadmeExample(PACKAGE, {
      at: 1,
      env: { SECRET: secret, SIGNATURE: signature },
    });

    expect(stdout).toBe('true\nfalse\nfalse\n');
  });
});
