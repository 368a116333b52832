import type { Principal } from '../authenticator/principal.ts';
import type { Clock, RandomBytes } from '../clock.ts';
import { parseScopes, SCOPES } from '../scope.ts';
import { hashSecret } from '../secret-hash.ts';
import type { SecretText } from '../secret-text.ts';
import { parseExpiry } from '../token/expiry.ts';
import type { TokenId } from '../token/token.ts';
import { parseUserId } from '../user/user-id.ts';
import { Violations } from '../violations.ts';
import { isSessionSecret, makeSessionSecret } from './session-secret.ts';
import type { SessionStore } from './session-store.ts';
import type { Session } from './session.ts';

/** What signing in and out needs from outside. */
export interface SessionContext {
  readonly sessions: SessionStore;
  readonly clock: Clock;
  readonly random: RandomBytes;
}

/** How long a sign-in link works unless asked otherwise: enough to switch to a browser. */
export const SIGN_IN_LIFETIME_MS = 10 * 60_000;

/** How long a browser stays signed in: 30 days from signing in, whether it is used or not. */
export const SESSION_LIFETIME_MS = 30 * 24 * 3_600_000;

const SWEEP_LIMIT = 100;

export interface SignInRequest {
  readonly userId: string;
  /** All, unless given. */
  readonly scopes?: readonly string[];
  readonly lifetimeMs?: number;
  /** The token that the sign-in is made with, if it is: sessions end when it is revoked. */
  readonly tokenId?: TokenId | undefined;
}

/**
 * Makes a one-time code for a user, who comes to be where there is none yet.
 * @returns the code's text, for the link `/sign-in?code=…`.
 * @throws ErrInvalidAccess
 */
export async function createSignInCode(
  { sessions, clock, random }: SessionContext,
  request: SignInRequest,
  signal?: AbortSignal,
): Promise<SecretText> {
  const createdAtMs = clock.now();
  const violations = new Violations();
  const userId = violations.read('user', () => parseUserId(request.userId));
  const scopes = violations.read('scopes', () => parseScopes(request.scopes ?? SCOPES));
  const expiresAtMs = violations.read('lifetime', () =>
    parseExpiry(request.lifetimeMs ?? SIGN_IN_LIFETIME_MS, createdAtMs),
  );
  if (userId === undefined || scopes === undefined || expiresAtMs == null) throw violations.toError();
  const secret = makeSessionSecret(random);
  await sessions.removeExpired(createdAtMs, SWEEP_LIMIT, signal);
  const { tokenId } = request;
  const code = { hash: hashSecret(secret.reveal()), userId, scopes, createdAtMs, expiresAtMs };
  await sessions.addCode(tokenId === undefined ? code : { ...code, tokenId }, signal);
  return secret;
}

export interface StartedSession {
  readonly session: Session;
  /** The cookie's value. */
  readonly secret: SecretText;
}

/**
 * Begins a session for a code that works; undefined for one that is unknown, used or expired.
 * @param lifetimeMs how long the session lasts.
 */
export async function redeemSignInCode(
  { sessions, clock, random }: SessionContext,
  code: string,
  signal?: AbortSignal,
  lifetimeMs: number = SESSION_LIFETIME_MS,
): Promise<StartedSession | undefined> {
  if (!isSessionSecret(code)) return undefined;
  const secret = makeSessionSecret(random);
  const createdAtMs = clock.now();
  const draft = {
    hash: hashSecret(secret.reveal()),
    createdAtMs,
    expiresAtMs: createdAtMs + lifetimeMs,
  };
  const session = await sessions.redeemCode(hashSecret(code), draft, signal);
  return session && { session, secret };
}

/**
 * Begins a session for somebody who has just shown another credential. It may do what that may, does not outlast
 * it, and ends when it is revoked.
 */
export async function startSession(
  context: SessionContext,
  { userId, scopes, credential }: Principal,
  signal?: AbortSignal,
): Promise<StartedSession> {
  const { expiresAtMs = Infinity, tokenId } = credential;
  const lifetimeMs = Math.min(SESSION_LIFETIME_MS, expiresAtMs - context.clock.now());
  // By way of a code that nobody sees: the stores know one way to begin a session.
  const code = await createSignInCode(context, { userId, scopes, tokenId }, signal);
  const started = await redeemSignInCode(context, code.reveal(), signal, lifetimeMs);
  if (!started) throw new Error('a sign-in code that was made a moment ago does not work');
  return started;
}

/** Ends the session of a cookie; a cookie of no session is no error. */
export async function signOut(
  { sessions }: Pick<SessionContext, 'sessions'>,
  cookie: string,
  signal?: AbortSignal,
): Promise<void> {
  if (isSessionSecret(cookie)) await sessions.remove(hashSecret(cookie), signal);
}
