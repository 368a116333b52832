import { createHmac } from 'node:crypto';

declare const secretBrand: unique symbol;

/** The key that sender and receiver of a webhook share: `whsec_` and 24 to 64 bytes in base64. */
export type WebhookSecret = string & { readonly [secretBrand]: 'WebhookSecret' };

const PREFIX = 'whsec_';
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** @throws RangeError that says what is allowed, without the value */
export function parseWebhookSecret(text: string): WebhookSecret {
  const encoded = text.slice(PREFIX.length);
  const size = Buffer.from(encoded, 'base64').length;
  if (!text.startsWith(PREFIX) || !BASE64.test(encoded) || size < 24 || size > 64) {
    throw new RangeError(`the secret of a webhook is ${PREFIX} and 24 to 64 bytes in base64`);
  }
  return text as WebhookSecret;
}

/** @param random 24 to 64 bytes, fit for secrets */
export function createWebhookSecret(random: Uint8Array): WebhookSecret {
  return parseWebhookSecret(PREFIX + Buffer.from(random).toString('base64'));
}

/**
 * Signs as Standard Webhooks says (https://www.standardwebhooks.com): HMAC-SHA256 over id, time and body, so that
 * a receiver knows who sent it and can refuse what is old. @param timestampSeconds seconds since 1970
 */
export function signWebhook(
  secret: WebhookSecret,
  id: string,
  timestampSeconds: number,
  body: string,
): string {
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const signed = `${id}.${timestampSeconds}.${body}`;
  return `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
}
