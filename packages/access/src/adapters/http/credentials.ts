import type { IncomingMessage } from 'node:http';

import type { Credentials, HeaderValue } from '../../authenticator/credentials.ts';
import { USER_ID_HEADER } from '../../authenticator/trusted-header.ts';
import { readSessionCookie } from './session-cookie.ts';

/**
 * Reads the credentials of a request. From the raw headers: Node keeps the first of two `Authorization`
 * headers and joins two `x-user-id` with a comma, and so would hide that there were two.
 */
export function readCredentials({
  rawHeaders,
  socket,
}: Pick<IncomingMessage, 'rawHeaders' | 'socket'>): Credentials {
  let authorization: HeaderValue;
  let userIdHeader: HeaderValue;
  let cookie: HeaderValue;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] ?? '';
    const value = rawHeaders[i + 1] ?? '';
    // The lengths tell nearly all other headers apart without making a lower-case copy of their names.
    if (name.length === 13 && name.toLowerCase() === 'authorization')
      authorization = add(authorization, value);
    else if (name.length === 9 && name.toLowerCase() === USER_ID_HEADER)
      userIdHeader = add(userIdHeader, value);
    else if (name.length === 6 && name.toLowerCase() === 'cookie') cookie = add(cookie, value);
  }
  return {
    authorization,
    userIdHeader,
    sessionCookie: readSessionCookie(cookie),
    remoteAddress: socket.remoteAddress,
  };
}

function add(known: HeaderValue, value: string): HeaderValue {
  if (known === undefined) return value;
  return typeof known === 'string' ? [known, value] : [...known, value];
}
