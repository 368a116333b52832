import type { HeaderValue } from '../../authenticator/credentials.ts';

/** The cookie of a signed-in browser. */
export const SESSION_COOKIE = 'daywatch_session';

/** Finds the cookie in `Cookie` headers; a list where it is there more than once, which is refused later. */
export function readSessionCookie(header: HeaderValue): HeaderValue {
  if (header === undefined) return undefined;
  const pairs = typeof header === 'string' ? header.split(';') : header.flatMap((line) => line.split(';'));
  const values = pairs.map(readPair).filter((value) => value !== undefined);
  return values.length > 1 ? values : values[0];
}

function readPair(pair: string): string | undefined {
  const text = pair.trim();
  return text.startsWith(`${SESSION_COOKIE}=`) ? text.slice(SESSION_COOKIE.length + 1) : undefined;
}

export interface CookieOptions {
  /** 0 removes the cookie. */
  readonly maxAgeSeconds: number;
  /** Whether the browser reaches us over HTTPS; it then never sends the cookie over plain HTTP. */
  readonly isSecure: boolean;
}

/**
 * Spells `Set-Cookie` (RFC 6265). HttpOnly: no script reads it. SameSite=Strict: no other site's link, form or
 * script sends it. Strict costs nothing here, since the page itself is open to all: it is loaded without the
 * cookie, and its own requests carry it.
 */
export function formatSessionCookie(value: string, { maxAgeSeconds, isSecure }: CookieOptions): string {
  const parts = [
    `${SESSION_COOKIE}=${value}`,
    'Path=/',
    `Max-Age=${maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Strict',
  ];
  return (isSecure ? [...parts, 'Secure'] : parts).join('; ');
}
