import { ErrUnauthenticated } from '../errors.ts';
import type { HeaderValue } from './credentials.ts';

const MAX_LENGTH = 300;

/** `Bearer` in any case, spaces, and a token68 (RFC 6750 section 2.1, RFC 9110 section 11.4). */
const BEARER = /^bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/**
 * Reads the token of an `Authorization` header.
 * @throws ErrUnauthenticated for anything else than one Bearer token of a sane length. No message repeats
 * any part of the value.
 */
export function parseBearer(header: Exclude<HeaderValue, undefined>): string {
  if (typeof header !== 'string') {
    throw new ErrUnauthenticated('the Authorization header is given more than once; give it once');
  }
  if (header.length > MAX_LENGTH) {
    throw new ErrUnauthenticated(
      `the Authorization header is longer than the ${MAX_LENGTH} characters that are allowed`,
    );
  }
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) {
    throw new ErrUnauthenticated("the Authorization header has another form than 'Bearer <token>'");
  }
  return token;
}
