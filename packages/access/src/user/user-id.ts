import { excerpt } from '../excerpt.ts';

declare const userBrand: unique symbol;

/** Who somebody is, for both services: whose calendars, whose token. */
export type UserId = string & { readonly [userBrand]: true };

/**
 * No comma, space or quote: two `x-user-id` values that a server has joined with a comma are then never
 * one user's id. No `%` and `\`: a decoded id is never another one.
 */
const USER_ID = /^[A-Za-z0-9_](?:[A-Za-z0-9_.@+:|/=~#-]{0,199})$/;

/**
 * Reads a user id. It is case-sensitive and taken as it is.
 * @throws RangeError that names the value and what is allowed.
 */
export function parseUserId(text: string): UserId {
  if (USER_ID.test(text)) return text as UserId;
  throw new RangeError(
    `${excerpt(text)} is no user id; allowed are 1 to 200 letters, digits and . _ @ + : | / = ~ # - (ASCII), ` +
      'the first a letter, a digit or _',
  );
}
