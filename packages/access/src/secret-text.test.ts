import { inspect } from 'node:util';

import { expect, it } from 'vitest';

import { SecretText } from './secret-text.ts';

it('should print a secret nowhere but where it is asked for', () => {
  const secret = new SecretText('dw_hidden');

  const printed = [
    String(secret),
    JSON.stringify({ secret }),
    inspect({ secret }),
    inspect(secret, { showHidden: true }),
  ];

  expect(printed.join()).not.toContain('hidden');
  expect(secret.reveal()).toBe('dw_hidden');
});
