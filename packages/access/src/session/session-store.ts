import type { SecretHash } from '../secret-hash.ts';
import type { Session, SignInCode } from './session.ts';

/** Keeps sign-in codes and browser sessions. */
export interface SessionStore {
  /** Adds a code, and its user where there is none yet. */
  addCode(code: SignInCode, signal?: AbortSignal): Promise<void>;

  /**
   * Uses up the code of that hash and begins a session for its user, in one step.
   * @returns undefined where the code is unknown, used, or expired at `session.createdAtMs`: of many calls
   * with one code, at most one gets a session.
   */
  redeemCode(
    codeHash: SecretHash,
    session: Pick<Session, 'hash' | 'createdAtMs' | 'expiresAtMs'>,
    signal?: AbortSignal,
  ): Promise<Session | undefined>;

  /** The session of that secret, also an expired one; none where the token that it began with is revoked. */
  findByHash(hash: SecretHash, signal?: AbortSignal): Promise<Session | undefined>;

  /** Ends a session; an unknown one is ended already. */
  remove(hash: SecretHash, signal?: AbortSignal): Promise<void>;

  /** Forgets codes and sessions that expired before `atMs`, at most `limit` of each. */
  removeExpired(atMs: number, limit: number, signal?: AbortSignal): Promise<void>;
}
