import { hash, timingSafeEqual } from 'node:crypto';

declare const hashBrand: unique symbol;

/** The SHA-256 of a secret's text, as base64url (43 characters). All that is ever kept of a secret. */
export type SecretHash = string & { readonly [hashBrand]: true };

/**
 * Hashes a secret for keeping and finding it. A plain SHA-256 is right here: the secrets are 256 random
 * bits, so nobody can try them all, and a slow or salted hash, which protects passwords that people choose,
 * would only cost every request milliseconds and rule out finding a secret by its hash.
 */
export function hashSecret(text: string): SecretHash {
  return hash('sha256', text, 'base64url') as SecretHash;
}

/** Whether two hashes are equal, in a time that does not tell where they differ. */
export function isSameHash(a: SecretHash, b: SecretHash): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a, 'latin1'), Buffer.from(b, 'latin1'));
}
