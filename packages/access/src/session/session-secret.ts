import type { RandomBytes } from '../clock.ts';
import { SecretText } from '../secret-text.ts';

const SECRET_BYTES = 32;
const FORM = /^[A-Za-z0-9_-]{43}$/;

/** The text of a sign-in code or a session cookie: 256 random bits as base64url. */
export function makeSessionSecret(random: RandomBytes): SecretText {
  return new SecretText(Buffer.from(random(SECRET_BYTES)).toString('base64url'));
}

/** Whether a text can be a code or a cookie at all; what cannot is refused without asking the database. */
export function isSessionSecret(text: string): boolean {
  return FORM.test(text);
}
