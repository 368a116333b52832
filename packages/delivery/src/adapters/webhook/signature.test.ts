import { describe, expect, it } from 'vitest';

import { createWebhookSecret, parseWebhookSecret, signWebhook } from './signature.ts';

describe('signWebhook', () => {
  it('should sign as the example of Standard Webhooks does', () => {
    const secret = parseWebhookSecret('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');

    const signature = signWebhook(
      secret,
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330,
      '{"test": 2432232314}',
    );

    expect(signature).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
  });
});

describe('a secret', () => {
  it('should be read as it was made', () => {
    const secret = createWebhookSecret(new Uint8Array(32).fill(255));

    expect(parseWebhookSecret(secret)).toBe(secret);
  });

  it.each([
    '',
    'whsec_',
    'whsec_c2hvcnQ=',
    `whsec_${'A'.repeat(100)}`,
    'A'.repeat(32),
    `whsec_${'!'.repeat(32)}`,
  ])('should not be %j', (text) => {
    expect(() => parseWebhookSecret(text)).toThrow('whsec_ and 24 to 64 bytes in base64');
  });
});
