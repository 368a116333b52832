import { randomBytes } from 'node:crypto';
import { ApiError } from '../object/api-error.ts';
import { ADMIN, ANONYMOUS, serviceAccountUser, type ServiceAccountRef, type User } from '../rbac/user.ts';

const ADMINISTRATORS = 'system:masters';

/** Tokens that this server gave out, and whom they stand for. */
export class TokenBook {
  readonly #users = new Map<string, User>();

  /** A new token; of the administrator where nobody is named. */
  issue(who: ServiceAccountRef | User = ADMIN): string {
    const token = randomBytes(24).toString('base64url');
    this.#users.set(token, 'username' in who ? who : serviceAccountUser(who));
    return token;
  }

  /** Who sent this header. @throws ApiError 401 for a token that was never given out, or was revoked */
  identify(authorization: string | undefined): User {
    if (authorization === undefined) return ANONYMOUS;
    const token = /^Bearer (?<token>\S+)$/i.exec(authorization)?.groups?.['token'] ?? '';
    const user = this.#users.get(token);
    if (user === undefined) throw new ApiError(401, 'Unauthorized', 'Unauthorized');
    return user;
  }

  /**
   * Whom a request is made as: `Impersonate-User` lets an administrator be somebody else.
   *
   * @throws ApiError 401, and 403 for anybody else who tries
   */
  identifyAs(authorization: string | undefined, impersonated: string | undefined): User {
    const user = this.identify(authorization);
    if (impersonated === undefined) return user;
    if (!user.groups.includes(ADMINISTRATORS))
      throw new ApiError(403, 'Forbidden', `User "${user.username}" cannot impersonate "${impersonated}"`);
    const account = /^system:serviceaccount:(?<namespace>[^:]+):(?<name>[^:]+)$/.exec(impersonated)?.groups;
    return account === undefined
      ? { username: impersonated, groups: ['system:authenticated'] }
      : serviceAccountUser(account as unknown as ServiceAccountRef);
  }

  revokeAll(): void {
    this.#users.clear();
  }
}
