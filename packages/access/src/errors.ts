/**
 * The expected outcomes of access that are no success. Each has a stable `code` that programs branch on;
 * the message is for people and never holds a secret.
 */
export type AccessError =
  | ErrUnauthenticated
  | ErrForbidden
  | ErrInvalidAccess
  | ErrTokenExists
  | ErrTokenNotFound
  | ErrAmbiguousToken
  | ErrAuthConfig;

/** What is wrong with one value: a field of a request, or a key of the configuration. */
export interface AccessViolation {
  readonly field: string;
  /** A sentence part that names the value and what is allowed. */
  readonly description: string;
}

/** No credential, or a bad one. The message never says which part of a credential was wrong. */
export class ErrUnauthenticated extends Error {
  override readonly name = 'ErrUnauthenticated';
  readonly code = 'unauthenticated';
}

/** A good credential that does not reach this far. */
export class ErrForbidden extends Error {
  override readonly name = 'ErrForbidden';
  readonly code = 'forbidden';
}

/** A value of a management request is wrong: a name, a user id, a scope, an expiry. */
export class ErrInvalidAccess extends Error {
  override readonly name = 'ErrInvalidAccess';
  readonly code = 'invalid_request';
  readonly violations: readonly AccessViolation[];

  constructor(violations: readonly AccessViolation[]) {
    super(describeViolations(violations));
    this.violations = violations;
  }
}

/** The user has a token of that name that is not revoked. */
export class ErrTokenExists extends Error {
  override readonly name = 'ErrTokenExists';
  readonly code = 'token_exists';

  constructor(userId: string, name: string) {
    super(
      `name: the user '${userId}' has a token '${name}' already; choose another name, or revoke it first`,
    );
  }
}

/** No token has that id or name. */
export class ErrTokenNotFound extends Error {
  override readonly name = 'ErrTokenNotFound';
  readonly code = 'token_not_found';

  constructor(nameOrId: string) {
    super(`there is no token '${nameOrId}' that is not revoked; list the tokens to see their names and ids`);
  }
}

/** Several users have a token of that name. */
export class ErrAmbiguousToken extends Error {
  override readonly name = 'ErrAmbiguousToken';
  readonly code = 'ambiguous_token';

  constructor(name: string, candidates: readonly { readonly id: string; readonly userId: string }[]) {
    const listed = candidates.map(({ id, userId }) => `${id} of '${userId}'`).join(', ');
    super(`name: several users have a token '${name}': ${listed}; give the id, or the user`);
  }
}

/** The settings of `auth.*` do not go together; the process must not start. */
export class ErrAuthConfig extends Error {
  override readonly name = 'ErrAuthConfig';
  readonly code = 'invalid_config';
  readonly violations: readonly AccessViolation[];

  constructor(violations: readonly AccessViolation[]) {
    super(describeViolations(violations));
    this.violations = violations;
  }
}

const ACCESS_ERRORS = [
  ErrUnauthenticated,
  ErrForbidden,
  ErrInvalidAccess,
  ErrTokenExists,
  ErrTokenNotFound,
  ErrAmbiguousToken,
  ErrAuthConfig,
] as const;

export function isAccessError(error: unknown): error is AccessError {
  return ACCESS_ERRORS.some((kind) => error instanceof kind);
}

function describeViolations(violations: readonly AccessViolation[]): string {
  return violations.map(({ field, description }) => `${field}: ${description}`).join('; ');
}
