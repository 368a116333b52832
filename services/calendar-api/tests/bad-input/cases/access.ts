import type { ApiUnderTest } from '../_support/api-under-test.ts';
import { EVENT } from '../_support/fixtures.ts';
import type { HttpRequest } from '../_support/call-http.ts';

type Headers = NonNullable<HttpRequest['headers']>;

const CHANGE = { method: 'PATCH', path: `/api/v1/events/${EVENT}`, body: '{"title":"Taken over"}' };
const READ = { method: 'GET', path: `/api/v1/events/${EVENT}` };
const BAD_TOKEN = 'the token is unknown, expired or revoked; use one that works';
const BAD_FORM = "the Authorization header has another form than 'Bearer <token>'";
const FOREIGN = 'a signed-in browser may change something from our own page alone';

/** What is sent as `authorization`, and what is said of it, over both APIs. */
export type CredentialCase = readonly [
  what: string,
  make: (tokens: ApiUnderTest['tokens']) => string | string[] | undefined,
  code: 'unauthenticated' | 'forbidden',
  says: string,
];

// prettier-ignore
export const CREDENTIAL_CASES: readonly CredentialCase[] = [
  ['nothing', () => undefined, 'unauthenticated', "a credential is missing; send the header 'Authorization: Bearer <token>'"],
  ['nothing after the scheme', () => 'Bearer', 'unauthenticated', BAD_FORM],
  ['another scheme', () => 'Basic YWxpY2U6c2VjcmV0', 'unauthenticated', BAD_FORM],
  ['a token without a scheme', ({ alice }) => alice, 'unauthenticated', BAD_FORM],
  ['two tokens in one', ({ alice, bob }) => `Bearer ${alice}, Bearer ${bob}`, 'unauthenticated', BAD_FORM],
  ['a token with a blank inside', ({ alice }) => `Bearer ${alice.slice(0, 9)} ${alice.slice(9)}`, 'unauthenticated', BAD_FORM],
  ['a token of nobody', () => `Bearer ${'0123456789abcdef'.repeat(4)}`, 'unauthenticated', BAD_TOKEN],
  ['a token with its last letter changed', ({ alice }) => `Bearer ${alice.slice(0, -1)}${alice.endsWith('0') ? '1' : '0'}`, 'unauthenticated', BAD_TOKEN],
  ['a token that is cut short', ({ alice }) => `Bearer ${alice.slice(0, -1)}`, 'unauthenticated', BAD_TOKEN],
  ['a token with a letter more', ({ alice }) => `Bearer ${alice}0`, 'unauthenticated', BAD_TOKEN],
  ['a revoked token', ({ revoked }) => `Bearer ${revoked}`, 'unauthenticated', BAD_TOKEN],
  ['an expired token', ({ expired }) => `Bearer ${expired}`, 'unauthenticated', BAD_TOKEN],
  ['a token of 5,000 characters', () => `Bearer ${'a'.repeat(5000)}`, 'unauthenticated', 'the Authorization header is longer than the 300 characters that are allowed'],
  ['SQL for a token', () => "Bearer ' OR '1'='1", 'unauthenticated', BAD_FORM],
  ['a token for the monitor alone', ({ monitorOnly }) => `Bearer ${monitorOnly}`, 'forbidden', 'calendar'],
];

/** What a client of gRPC refuses to send. */
// prettier-ignore
export const DOUBLED_CREDENTIAL_CASES: readonly CredentialCase[] = [
  ['the header twice', ({ alice, bob }) => [`Bearer ${alice}`, `Bearer ${bob}`], 'unauthenticated', 'the Authorization header is given more than once; give it once'],
  ['the same header twice', ({ alice }) => [`Bearer ${alice}`, `Bearer ${alice}`], 'unauthenticated', 'the Authorization header is given more than once; give it once'],
];

/** What else a request says of its sender, over HTTP. */
export type SenderCase = readonly [
  what: string,
  request: HttpRequest,
  make: (api: ApiUnderTest) => Headers,
  code: 'unauthenticated' | 'forbidden',
  says: string,
];

const withToken =
  (headers: Headers) =>
  ({ tokens }: ApiUnderTest): Headers => ({ authorization: `Bearer ${tokens.alice}`, ...headers });
const withCookie =
  (headers: Headers) =>
  ({ cookie }: ApiUnderTest): Headers => ({ cookie, ...headers });

// prettier-ignore
export const SENDER_CASES: readonly SenderCase[] = [
  // The name that the server is called by.
  ['a foreign Host', CHANGE, withToken({ host: 'evil.example' }), 'forbidden', "host: 'evil.example' is not a name of this server; allowed are loopback names and addresses, and what http.allowed_hosts lists"],
  ['a foreign Host that reads', READ, withToken({ host: 'evil.example:8888' }), 'forbidden', "host: 'evil.example:8888' is not a name"],
  ['a foreign Host where no token is needed', { method: 'GET', path: '/health' }, () => ({ host: 'evil.example' }), 'forbidden', "host: 'evil.example' is not a name"],
  ['a Host that ends like ours', READ, withToken({ host: 'localhost.evil.example' }), 'forbidden', "host: 'localhost.evil.example'"],
  ['a Host that begins like ours', READ, withToken({ host: '127.0.0.1.evil.example' }), 'forbidden', "host: '127.0.0.1.evil.example'"],
  ['a Host with a user', READ, withToken({ host: 'localhost@evil.example' }), 'forbidden', "host: 'localhost@evil.example'"],
  ['a Host that is another address', READ, withToken({ host: '10.0.0.1' }), 'forbidden', "host: '10.0.0.1'"],
  ['a Host that is any address', READ, withToken({ host: '0.0.0.0:8888' }), 'forbidden', "host: '0.0.0.0:8888'"],
  ['a Host of nonsense', READ, withToken({ host: '"><script>' }), 'forbidden', 'is not a name of this server'],

  // A signed-in browser, led by another page.
  ['a page of another site', CHANGE, withCookie({ origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }), 'forbidden', FOREIGN],
  ['a page of another site that says only its origin', CHANGE, withCookie({ origin: 'https://evil.example' }), 'forbidden', FOREIGN],
  ['a page of another port', CHANGE, withCookie({ origin: 'http://localhost:1', 'sec-fetch-site': 'same-site' }), 'forbidden', FOREIGN],
  ['a page without an origin', CHANGE, withCookie({ origin: 'null' }), 'forbidden', FOREIGN],
  ['a page that says nothing', CHANGE, withCookie({}), 'forbidden', FOREIGN],
  ['a page that deletes', { method: 'DELETE', path: CHANGE.path }, withCookie({ 'sec-fetch-site': 'cross-site' }), 'forbidden', FOREIGN],
  ['a form of another site', { method: 'POST', path: '/api/v1/events', body: 'title=x' }, withCookie({ 'sec-fetch-site': 'cross-site', 'content-type': 'text/plain' }), 'forbidden', FOREIGN],
  ['a page that signs out', { method: 'POST', path: '/sign-out' }, withCookie({ 'sec-fetch-site': 'cross-site' }), 'forbidden', FOREIGN],
  ['a cookie beside a bad token', READ, ({ cookie }) => ({ cookie, authorization: 'Bearer x' }), 'unauthenticated', BAD_TOKEN],
  ['two cookies', READ, ({ cookie }) => ({ cookie: `${cookie}; ${cookie}` }), 'unauthenticated', 'the browser is not signed in any more; open a new sign-in link'],
  ['a cookie that is changed', READ, ({ cookie }) => ({ cookie: `${cookie.slice(0, -1)}${cookie.endsWith('0') ? '1' : '0'}` }), 'unauthenticated', 'the browser is not signed in any more'],
  ['an empty cookie', READ, () => ({ cookie: 'daywatch_session=' }), 'unauthenticated', 'the browser is not signed in any more'],
  ['a header of a gateway', READ, () => ({ 'x-user-id': 'alice' }), 'unauthenticated', 'a credential is missing'],
];
