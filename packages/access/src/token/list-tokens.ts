import { parseUserId } from '../user/user-id.ts';
import { Violations } from '../violations.ts';
import type { TokenContext } from './create-token.ts';
import type { Token } from './token.ts';

/** How many tokens one listing shows at most. */
export const MAX_LISTED_TOKENS = 1000;

export interface ListTokensRequest {
  /** Only this user's. */
  readonly userId?: string;
  /** Also those that no longer work; without it expired ones are listed, revoked ones are not. */
  readonly includeRevoked?: boolean;
}

export interface ListedToken extends Token {
  /** What the token is good for at the time of the listing. */
  readonly state: 'active' | 'expired' | 'revoked';
}

export interface TokenListing {
  /** By user, then creation. */
  readonly tokens: readonly ListedToken[];
  /** There are more than MAX_LISTED_TOKENS; ask for one user's. */
  readonly isCut: boolean;
}

/**
 * Lists tokens, without secrets: nobody can show those again.
 * @throws ErrInvalidAccess
 */
export async function listTokens(
  { tokens, clock }: Pick<TokenContext, 'tokens' | 'clock'>,
  { userId, includeRevoked = false }: ListTokensRequest = {},
  signal?: AbortSignal,
): Promise<TokenListing> {
  const violations = new Violations();
  const user = userId === undefined ? undefined : violations.read('user', () => parseUserId(userId));
  if (userId !== undefined && user === undefined) throw violations.toError();
  const query = { userId: user, name: undefined, includeRevoked, limit: MAX_LISTED_TOKENS + 1 };
  const found = await tokens.list(query, signal);
  const nowMs = clock.now();
  return {
    tokens: found.slice(0, MAX_LISTED_TOKENS).map((token) => ({ ...token, state: stateOf(token, nowMs) })),
    isCut: found.length > MAX_LISTED_TOKENS,
  };
}

function stateOf(token: Token, nowMs: number): ListedToken['state'] {
  if (token.revokedAtMs !== null) return 'revoked';
  return token.expiresAtMs !== null && token.expiresAtMs <= nowMs ? 'expired' : 'active';
}
