/** A header's value; a list where the request had it more than once. */
export type HeaderValue = string | readonly string[] | undefined;

/** All of a request that may say who makes it. Nothing is ever taken from a query string or a body. */
export interface Credentials {
  readonly authorization?: HeaderValue;
  /** `x-user-id`. */
  readonly userIdHeader?: HeaderValue;
  /** The value of the cookie `daywatch_session`. */
  readonly sessionCookie?: HeaderValue;
  /** The address of the peer, without its port. */
  readonly remoteAddress: string | undefined;
}
