import type { FieldViolation } from './errors.ts';
import { abbreviate } from './time/plain-date.ts';
import { Violations } from './violations.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is a UUID (RFC 9562), in any case. */
export function isUuid(text: string): boolean {
  return UUID.test(text.toLowerCase());
}

/**
 * Reads a UUID in any case.
 * @returns it in lower case.
 * @throws RangeError that names the value and what is allowed.
 */
export function parseUuid(text: string): string {
  const lower = text.toLowerCase();
  if (UUID.test(lower)) return lower;
  throw new RangeError(
    `'${abbreviate(text)}' is not a UUID; allowed is the form 0196a1b2-1c2d-7e3f-8a4b-5c6d7e8f9a0b`,
  );
}

/**
 * Reads the id that a client may choose for what it creates. Undefined and empty choose none.
 * @param toError makes the error of what is no UUID.
 */
export function parseChosenId(
  given: string | null | undefined,
  toError: (violations: readonly FieldViolation[]) => Error,
): string | undefined {
  if (!given) return undefined;
  const violations = new Violations();
  const id = violations.read('id', () => parseUuid(given));
  violations.throwIfAny(toError);
  return id;
}

/**
 * Makes a UUIDv7 (RFC 9562 section 5.7): the time, then random bits, so that new ids lie together in
 * an index.
 * @param random 10 random bytes; 74 bits of them are used.
 */
export function makeUuidV7(nowMs: number, random: Uint8Array): string {
  const time = Math.trunc(nowMs).toString(16).padStart(12, '0');
  const hex = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const variant = (8 + (Number.parseInt(hex.charAt(3), 16) & 3)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex.slice(0, 3)}-${variant}${hex.slice(4, 7)}-${hex.slice(7, 19)}`;
}
