export { readCredentials } from './credentials.ts';
export { toErrorBody, type ErrorBody } from './http-error.ts';
export { addPrincipals, isStillAdmitted, type RequirePrincipal } from './require-principal.ts';
export { SESSION_COOKIE } from './session-cookie.ts';
export { registerSignIn, type SignInOptions } from './sign-in.ts';
