import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import type { Authenticator } from '../../authenticator/authenticator.ts';
import { ErrForbidden, ErrUnauthenticated } from '../../errors.ts';
import { isLocalPath } from '../../session/local-path.ts';
import {
  redeemSignInCode,
  signOut,
  startSession,
  type SessionContext,
  type StartedSession,
} from '../../session/sign-in.ts';
import { readCredentials } from './credentials.ts';
import { refuse, requireOurPage } from './require-principal.ts';
import { formatSessionCookie } from './session-cookie.ts';
import { PAGE_POLICY, renderSignInFailure } from './sign-in-pages.ts';

export interface SignInOptions extends SessionContext {
  /** Knows the tokens that a browser may sign in with. */
  readonly authenticator: Authenticator;
  /** Whether the browser reaches us over HTTPS; by default what Fastify says of the connection. */
  readonly isSecure?: (request: FastifyRequest) => boolean;
}

/**
 * Adds `GET /sign-in?code=…&next=/path`, which uses up a code, sets the session cookie and goes on to the
 * path (`/` by default); `POST /sign-in` with a token, which begins a session and answers 204; and
 * `POST /sign-out`, which ends the session and answers 204.
 */
export function registerSignIn(app: FastifyInstance, options: SignInOptions): void {
  const isSecure = options.isSecure ?? ((request) => request.protocol === 'https');

  // No HEAD route: a program that only looks at a link must not use it up.
  app.get('/sign-in', { exposeHeadRoute: false, config: { operation: 'SignIn' } }, async (request, reply) => {
    const { code, next = '/' } = request.query as Readonly<Record<string, unknown>>;
    if (typeof next !== 'string' || !isLocalPath(next)) return fail(reply, 'bad-next');
    if (typeof code !== 'string' || isPrefetch(request)) return fail(reply, 'bad-code');
    const started = await redeemSignInCode(options, code, request.signal);
    if (started === undefined) return fail(reply, 'bad-code');
    return guard(reply)
      .header('set-cookie', cookieOf(started, isSecure(request)))
      .redirect(next, 303);
  });

  app.post('/sign-in', { config: { operation: 'SignInWithToken' } }, async (request, reply) => {
    try {
      requireOurPage(request);
      const credentials = { ...readCredentials(request.raw), sessionCookie: undefined };
      const principal = await options.authenticator.authenticate(credentials, request.signal);
      if (principal.credential.kind !== 'token') throw new ErrUnauthenticated(NO_TOKEN);
      const started = await startSession(options, principal, request.signal);
      return guard(reply)
        .code(204)
        .header('set-cookie', cookieOf(started, isSecure(request)))
        .send();
    } catch (error) {
      if (error instanceof ErrForbidden || error instanceof ErrUnauthenticated) return refuse(reply, error);
      throw error;
    }
  });

  app.post('/sign-out', { config: { operation: 'SignOut' } }, async (request, reply) => {
    const { sessionCookie } = readCredentials(request.raw);
    try {
      requireOurPage(request);
    } catch (error) {
      if (error instanceof ErrForbidden) return refuse(reply, error);
      throw error;
    }
    if (typeof sessionCookie === 'string') await signOut(options, sessionCookie, request.signal);
    const gone = formatSessionCookie('', { maxAgeSeconds: 0, isSecure: isSecure(request) });
    return reply.code(204).header('cache-control', 'no-store').header('set-cookie', gone).send();
  });
}

const NO_TOKEN = "a token is missing; send the header 'Authorization: Bearer <token>'";

function cookieOf({ session, secret }: StartedSession, isSecure: boolean): string {
  const maxAgeSeconds = Math.floor((session.expiresAtMs - session.createdAtMs) / 1000);
  return formatSessionCookie(secret.reveal(), { maxAgeSeconds, isSecure });
}

/** Browsers that load a link before it is clicked say so; the click comes later. */
function isPrefetch({ headers }: FastifyRequest): boolean {
  return [headers['sec-purpose'], headers['purpose']].some((value) => String(value).includes('prefetch'));
}

function fail(reply: FastifyReply, reason: Parameters<typeof renderSignInFailure>[0]): FastifyReply {
  return guard(reply)
    .code(reason === 'bad-code' ? 410 : 400)
    .header('content-security-policy', PAGE_POLICY)
    .type('text/html; charset=utf-8')
    .send(renderSignInFailure(reason));
}

/** The address holds a secret: nobody keeps the answer, and no page that follows learns the address. */
function guard(reply: FastifyReply): FastifyReply {
  return reply.header('cache-control', 'no-store').header('referrer-policy', 'no-referrer');
}
