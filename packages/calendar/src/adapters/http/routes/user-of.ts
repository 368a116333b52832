import type { Principal } from '@daywatch/access';
import assert from 'node:assert/strict';
import type { UserId } from '../../../event/event.ts';

/** The user that the request's credentials name. The hook of the routes has checked them. */
export function userOf({ principal }: { readonly principal: Principal | null }): UserId {
  assert(principal, 'a route of the calendar was reached without a principal');
  return principal.userId as string as UserId;
}
