import { ErrForbidden } from '../errors.ts';
import type { Scope } from '../scope.ts';
import type { TokenId } from '../token/token.ts';
import type { UserId } from '../user/user-id.ts';

/** Who makes a request, what it may do, and how that is known. */
export interface Principal {
  readonly userId: UserId;
  readonly scopes: readonly Scope[];
  readonly credential: CredentialUsed;
}

export interface CredentialUsed {
  readonly kind: 'token' | 'session' | 'trusted-header' | 'none';
  /** For logs: a token's name, a session's short id, the header's name. No secret. */
  readonly name: string;
  /** The first moment at which it no longer works, in epoch milliseconds; nothing where it has no end. */
  readonly expiresAtMs?: number;
  /** Which token it is, where it is one. */
  readonly tokenId?: TokenId;
}

/** @throws ErrForbidden that names the missing scope */
export function requireScope(principal: Principal, scope: Scope): void {
  if (principal.scopes.includes(scope)) return;
  throw new ErrForbidden(
    `the credential '${principal.credential.name}' lacks the scope '${scope}'; it has ${principal.scopes.join(', ')}`,
  );
}
