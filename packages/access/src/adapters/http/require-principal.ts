import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestAsyncHookHandler } from 'fastify';

import type { Authenticator } from '../../authenticator/authenticator.ts';
import { requireScope, type Principal } from '../../authenticator/principal.ts';
import { ErrForbidden, ErrUnauthenticated } from '../../errors.ts';
import type { Scope } from '../../scope.ts';
import { isFromOurPage } from '../../session/request-origin.ts';
import { readCredentials } from './credentials.ts';
import { toErrorBody } from './http-error.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who makes the request; set by the hook of requirePrincipal, null without it. */
    principal: Principal | null;
  }
}

/** Makes an `onRequest` hook that lets those pass who may use the scope, and sets `request.principal`. */
export type RequirePrincipal = (scope: Scope) => onRequestAsyncHookHandler;

/**
 * Prepares an application for principals. The hook answers 401 and 403 itself; that the database cannot be
 * asked is thrown on.
 */
export function addPrincipals(
  app: FastifyInstance,
  { authenticator }: { readonly authenticator: Authenticator },
): RequirePrincipal {
  if (!app.hasRequestDecorator('principal')) app.decorateRequest('principal', null);
  return (scope) => async (request, reply) => {
    try {
      request.principal = await identify(authenticator, request, scope);
    } catch (error) {
      if (!(error instanceof ErrUnauthenticated) && !(error instanceof ErrForbidden)) throw error;
      return refuse(reply, error);
    }
    return undefined;
  };
}

/**
 * Whether a request that goes on for long would still be let in: its token may have been revoked, its session may
 * have ended. Where the database cannot be asked, it stays in.
 */
export async function isStillAdmitted(
  authenticator: Authenticator,
  request: FastifyRequest,
  scope: Scope,
): Promise<boolean> {
  try {
    await identify(authenticator, request, scope);
    return true;
  } catch (error) {
    return !(error instanceof ErrUnauthenticated) && !(error instanceof ErrForbidden);
  }
}

async function identify(
  authenticator: Authenticator,
  request: FastifyRequest,
  scope: Scope,
): Promise<Principal> {
  const credentials = readCredentials(request.raw);
  const principal =
    authenticator.authenticateNow(credentials) ??
    (await authenticator.authenticate(credentials, request.signal));
  requireScope(principal, scope);
  if (principal.credential.kind === 'session') requireOurPage(request);
  return principal;
}

/** @throws ErrForbidden where a foreign page makes the browser change something. */
export function requireOurPage({ method, headers }: FastifyRequest): void {
  const { host, origin } = headers;
  const secFetchSite = headers['sec-fetch-site'];
  if (typeof secFetchSite !== 'object' && isFromOurPage({ method, host, origin, secFetchSite })) return;
  throw new ErrForbidden(
    'a signed-in browser may change something from our own page alone: the headers Sec-Fetch-Site or Origin ' +
      'have to name it; programs use a token',
  );
}

export function refuse(reply: FastifyReply, error: ErrUnauthenticated | ErrForbidden): FastifyReply {
  const body = toErrorBody(error);
  if (body.code === 401) reply.header('www-authenticate', 'Bearer realm="daywatch"');
  return reply.code(body.code).header('cache-control', 'no-store').send(body);
}
