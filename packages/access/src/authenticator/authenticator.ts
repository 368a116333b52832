import type { Clock } from '../clock.ts';
import { ErrUnauthenticated } from '../errors.ts';
import { hashSecret, isSameHash, type SecretHash } from '../secret-hash.ts';
import type { CachedSessionStore } from '../session/cached-session-store.ts';
import { isSessionSecret } from '../session/session-secret.ts';
import type { Session } from '../session/session.ts';
import type { CachedTokenStore } from '../token/cached-token-store.ts';
import { hasSoundChecksum } from '../token/token-secret.ts';
import type { StoredToken } from '../token/token.ts';
import type { AuthPolicy } from './auth-config.ts';
import { parseBearer } from './bearer.ts';
import type { Credentials, HeaderValue } from './credentials.ts';
import type { Principal } from './principal.ts';
import { ANONYMOUS, authenticateTrustedHeader } from './trusted-header.ts';

export interface AuthenticatorOptions {
  readonly policy: AuthPolicy;
  readonly tokens: CachedTokenStore;
  readonly sessions: CachedSessionStore;
  readonly clock: Clock;
}

/** Says who makes a request. Scopes are checked by requireScope. */
export interface Authenticator {
  /**
   * @throws ErrUnauthenticated, the signal's reason, and what the stores throw when they cannot be asked.
   */
  authenticate(credentials: Credentials, signal?: AbortSignal): Promise<Principal>;

  /**
   * The same without waiting: undefined where the database has to be asked first, which `authenticate` does.
   * Most requests are answered here, for a hash and a look into a map.
   * @throws ErrUnauthenticated
   */
  authenticateNow(credentials: Credentials): Principal | undefined;
}

export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { policy } = options;
  if (policy.mode === 'token') return createTokenAuthenticator(options);
  const authenticateNow =
    policy.mode === 'none' ? (): Principal => ANONYMOUS : authenticateTrustedHeader(policy.peers);
  return { authenticateNow, authenticate: async (credentials) => authenticateNow(credentials) };
}

function createTokenAuthenticator({ tokens, sessions, clock }: AuthenticatorOptions): Authenticator {
  function admitKnown(claim: Claim): Principal | undefined {
    if (claim.kind === 'token') {
      const known = tokens.peek(claim.hash);
      return known && admitToken(known.value, claim.hash, clock.now());
    }
    const known = sessions.peek(claim.hash);
    return known && admitSession(known.value, claim.hash, clock.now());
  }

  return {
    authenticateNow: (credentials) => admitKnown(readClaim(credentials)),
    async authenticate(credentials, signal) {
      const claim = readClaim(credentials);
      const known = admitKnown(claim);
      if (known !== undefined) return known;
      if (claim.kind === 'session') {
        return admitSession(await sessions.findByHash(claim.hash, signal), claim.hash, clock.now());
      }
      // A cut or mistyped token is refused here, before the database is asked.
      if (!hasSoundChecksum(claim.text)) throw badToken();
      return admitToken(await tokens.findByHash(claim.hash, signal), claim.hash, clock.now());
    },
  };
}

type Claim =
  | { readonly kind: 'token'; readonly text: string; readonly hash: SecretHash }
  | { readonly kind: 'session'; readonly hash: SecretHash };

/** The Authorization header is meant, where there is one; the browser adds its cookie by itself. */
function readClaim({ authorization, sessionCookie }: Credentials): Claim {
  if (authorization !== undefined) {
    const text = parseBearer(authorization);
    return { kind: 'token', text, hash: hashSecret(text) };
  }
  if (sessionCookie === undefined) {
    throw new ErrUnauthenticated(
      "a credential is missing; send the header 'Authorization: Bearer <token>', or sign in with a sign-in link",
    );
  }
  return { kind: 'session', hash: hashSecret(parseCookie(sessionCookie)) };
}

function parseCookie(cookie: Exclude<HeaderValue, undefined>): string {
  if (typeof cookie === 'string' && isSessionSecret(cookie)) return cookie;
  throw badSession();
}

function admitToken(stored: StoredToken | undefined, hash: SecretHash, nowMs: number): Principal {
  if (stored === undefined || !isSameHash(stored.hash, hash)) throw badToken();
  const { id: tokenId, userId, scopes, name, expiresAtMs, revokedAtMs } = stored.token;
  if (revokedAtMs !== null || (expiresAtMs !== null && expiresAtMs <= nowMs)) throw badToken();
  const expiry = expiresAtMs === null ? {} : { expiresAtMs };
  return { userId, scopes, credential: { kind: 'token', name, tokenId, ...expiry } };
}

function admitSession(session: Session | undefined, hash: SecretHash, nowMs: number): Principal {
  if (session === undefined || !isSameHash(session.hash, hash)) throw badSession();
  if (session.expiresAtMs <= nowMs) throw badSession();
  const { userId, scopes } = session;
  return { userId, scopes, credential: { kind: 'session', name: `session-${hash.slice(0, 8)}` } };
}

function badToken(): ErrUnauthenticated {
  return new ErrUnauthenticated('the token is unknown, expired or revoked; use one that works');
}

function badSession(): ErrUnauthenticated {
  return new ErrUnauthenticated('the browser is not signed in any more; open a new sign-in link');
}
