import { ErrAmbiguousToken, ErrTokenNotFound } from '../errors.ts';
import { parseUserId } from '../user/user-id.ts';
import { Violations } from '../violations.ts';
import type { TokenContext } from './create-token.ts';
import { isTokenId, type Token, type TokenId } from './token.ts';

export interface RevokeTokenRequest {
  /** A name means a token that is not revoked; an id means that token. */
  readonly nameOrId: string;
  /** Whose token, where several users have one of that name. */
  readonly userId?: string;
}

const MAX_CANDIDATES = 5;

/**
 * Revokes a token for good; revoking one by its id again changes nothing. It stops working at once in this
 * process (given the cached store), and elsewhere within TOKEN_CACHE_TTL_MS.
 * @throws ErrTokenNotFound, ErrAmbiguousToken, ErrInvalidAccess
 */
export async function revokeToken(
  context: Pick<TokenContext, 'tokens' | 'clock'>,
  request: RevokeTokenRequest,
  signal?: AbortSignal,
): Promise<Token> {
  const id = await findId(context, request, signal);
  const revoked = await context.tokens.revoke(id, context.clock.now(), signal);
  if (revoked === undefined) throw new ErrTokenNotFound(request.nameOrId);
  return revoked;
}

async function findId(
  { tokens }: Pick<TokenContext, 'tokens'>,
  { nameOrId, userId }: RevokeTokenRequest,
  signal?: AbortSignal,
): Promise<TokenId> {
  const violations = new Violations();
  const user = userId === undefined ? undefined : violations.read('user', () => parseUserId(userId));
  if (userId !== undefined && user === undefined) throw violations.toError();
  if (isTokenId(nameOrId)) return nameOrId;
  const query = { userId: user, name: nameOrId, includeRevoked: false, limit: MAX_CANDIDATES };
  const found = await tokens.list(query, signal);
  const [only] = found;
  if (only === undefined) throw new ErrTokenNotFound(hideSecret(nameOrId));
  if (found.length > 1) throw new ErrAmbiguousToken(nameOrId, found);
  return only.id;
}

/** Somebody may paste the token itself; a message must not repeat it. */
function hideSecret(nameOrId: string): string {
  return nameOrId.startsWith('dw_') ? 'dw_…' : nameOrId;
}
