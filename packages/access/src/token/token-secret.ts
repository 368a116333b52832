import { hash } from 'node:crypto';

import type { RandomBytes } from '../clock.ts';
import { SecretText } from '../secret-text.ts';

/**
 * The text of a token is `dw_`, 256 random bits as 43 characters of base64url, and a checksum of 6: a person
 * recognises what it is, a scanner of leaked secrets finds it without false alarms, and one that was cut or
 * mistyped is refused without asking the database.
 */
export const TOKEN_PREFIX = 'dw_';

const SECRET_BYTES = 32;
const SECRET_LENGTH = 43;
const CHECKSUM_LENGTH = 6;
const OWN_FORM = new RegExp(`^${TOKEN_PREFIX}[A-Za-z0-9_-]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);

export function makeTokenText(random: RandomBytes): SecretText {
  const body = TOKEN_PREFIX + Buffer.from(random(SECRET_BYTES)).toString('base64url');
  return new SecretText(body + checksum(body));
}

/** Whether a text that begins with the prefix is whole. Texts without it (bootstrap tokens) have no form to check. */
export function hasSoundChecksum(text: string): boolean {
  if (!text.startsWith(TOKEN_PREFIX)) return true;
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return OWN_FORM.test(text) && text.slice(-CHECKSUM_LENGTH) === checksum(body);
}

function checksum(body: string): string {
  return hash('sha256', body, 'base64url').slice(0, CHECKSUM_LENGTH);
}
