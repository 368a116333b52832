export {
  AUTH_MODES,
  checkAuthConfig,
  isLoopbackHost,
  type AuthMode,
  type AuthPolicy,
  type AuthSettings,
} from './authenticator/auth-config.ts';
export {
  createAuthenticator,
  type Authenticator,
  type AuthenticatorOptions,
} from './authenticator/authenticator.ts';
export type { Credentials, HeaderValue } from './authenticator/credentials.ts';
export { requireScope, type CredentialUsed, type Principal } from './authenticator/principal.ts';
export { USER_ID_HEADER } from './authenticator/trusted-header.ts';
export type { Clock, RandomBytes } from './clock.ts';
export {
  ErrAmbiguousToken,
  ErrAuthConfig,
  ErrForbidden,
  ErrInvalidAccess,
  ErrTokenExists,
  ErrTokenNotFound,
  ErrUnauthenticated,
  isAccessError,
  type AccessError,
  type AccessViolation,
} from './errors.ts';
export { parseScopes, SCOPES, type Scope } from './scope.ts';
export { hashSecret, type SecretHash } from './secret-hash.ts';
export { SecretText } from './secret-text.ts';
export {
  cacheSessions,
  SESSION_CACHE_TTL_MS,
  type CachedSessionStore,
} from './session/cached-session-store.ts';
export { isLocalPath } from './session/local-path.ts';
export { isFromOurPage, type RequestOrigin } from './session/request-origin.ts';
export type { SessionStore } from './session/session-store.ts';
export type { Identity, Session, SignInCode } from './session/session.ts';
export {
  createSignInCode,
  redeemSignInCode,
  SESSION_LIFETIME_MS,
  SIGN_IN_LIFETIME_MS,
  signOut,
  startSession,
  type SessionContext,
  type SignInRequest,
  type StartedSession,
} from './session/sign-in.ts';
export type { AccessStores } from './stores.ts';
export {
  BOOTSTRAP_TOKEN_NAME,
  bootstrapToken,
  type BootstrapRequest,
  type BootstrapResult,
} from './token/bootstrap-token.ts';
export {
  cacheTokens,
  LAST_USED_STEP_MS,
  TOKEN_CACHE_TTL_MS,
  type CachedTokenStore,
  type TokenCacheOptions,
} from './token/cached-token-store.ts';
export {
  createToken,
  type CreatedToken,
  type CreateTokenRequest,
  type TokenContext,
} from './token/create-token.ts';
export {
  listTokens,
  MAX_LISTED_TOKENS,
  type ListedToken,
  type ListTokensRequest,
  type TokenListing,
} from './token/list-tokens.ts';
export { revokeToken, type RevokeTokenRequest } from './token/revoke-token.ts';
export type { TokenQuery, TokenStore } from './token/token-store.ts';
export { isTokenId, type StoredToken, type Token, type TokenId } from './token/token.ts';
export { parseUserId, type UserId } from './user/user-id.ts';
