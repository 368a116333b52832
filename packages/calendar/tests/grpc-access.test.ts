import {
  cacheSessions,
  cacheTokens,
  checkAuthConfig,
  createAuthenticator,
  createToken,
  revokeToken,
  type Authenticator,
} from '@daywatch/access';
import { readCallCredentials } from '@daywatch/access/grpc';
import { createMemoryAccess } from '@daywatch/access/memory';
import { CalendarService } from '@daywatch/protocol/calendar';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Authenticate } from '../src/adapters/grpc/index.ts';
import { connect, failureOf } from './_support/grpc-client.ts';
import { startTestServer } from './_support/grpc-server.ts';

const { method } = CalendarService;

/** The real tokens, in memory, with a clock that is set by hand. */
function createAccess(mode: 'token' | 'trusted-header') {
  let nowMs = Date.parse('2026-03-30T10:00:00Z');
  const clock = { now: () => nowMs };
  const stores = createMemoryAccess();
  const tokens = cacheTokens(stores.tokens, { clock });
  const policy = checkAuthConfig({
    mode,
    host: '127.0.0.1',
    gateways: [],
    isMonitorReadApi: false,
    allowNoneOnNetwork: false,
  });
  const authenticator = createAuthenticator({
    policy,
    tokens,
    sessions: cacheSessions(stores.sessions, { clock }),
    clock,
  });
  const context = { tokens, clock, random: (count: number) => randomBytes(count) };
  return { context, authenticate: toAuthenticate(authenticator), passMs: (ms: number) => (nowMs += ms) };
}

/** As a process wires it: without waiting, where that is possible. */
function toAuthenticate(authenticator: Authenticator): Authenticate {
  return (metadata, peer, signal) => {
    const credentials = readCallCredentials(metadata, peer);
    return authenticator.authenticateNow(credentials) ?? authenticator.authenticate(credentials, signal);
  };
}

describe('calls with real credentials', () => {
  it('should take a token until it expires or is revoked', async () => {
    const access = createAccess('token');
    await using server = await startTestServer({ authenticate: access.authenticate });
    const make = (name: string, expiresInMs: number | null) =>
      createToken(access.context, { name, userId: 'alice', scopes: ['calendar'], expiresInMs });
    const lasting = (await make('lasting', null)).secret.reveal();
    const passing = (await make('passing', 60_000)).secret.reveal();
    using withLasting = connect(server.address, lasting);
    using withPassing = connect(server.address, passing);

    const first = await withLasting.call(method.listCalendars, {});
    const second = await withPassing.call(method.listCalendars, {});
    access.passMs(60_001);
    const expired = await failureOf(withPassing.call(method.listCalendars, {}));
    await revokeToken(access.context, { nameOrId: 'lasting', userId: 'alice' });
    const revoked = await failureOf(withLasting.call(method.listCalendars, {}));

    expect(first.calendars[0]?.owner).toBe('alice');
    expect(second).toEqual(first);
    expect(expired).toMatchObject({ status: 'UNAUTHENTICATED', reason: 'unauthenticated' });
    expect(revoked).toMatchObject({ status: 'UNAUTHENTICATED', reason: 'unauthenticated' });
    expect(JSON.stringify([expired, revoked, server.accessLines, server.logged])).not.toContain(lasting);
  });

  it('should refuse what is no token, and a token without the scope', async () => {
    const access = createAccess('token');
    await using server = await startTestServer({ authenticate: access.authenticate });
    const { secret } = await createToken(access.context, {
      name: 'monitor',
      userId: 'alice',
      scopes: ['monitor:read'],
    });

    for (const credential of [null, 'dw_nonsense', 'ü', 'a b']) {
      using client = connect(server.address, credential && encodeURI(credential), { 'x-user-id': 'alice' });
      expect((await failureOf(client.call(method.listCalendars, {}))).status).toBe('UNAUTHENTICATED');
    }
    using reader = connect(server.address, secret.reveal());
    const failure = await failureOf(reader.call(method.listCalendars, {}));

    expect(failure).toMatchObject({ status: 'PERMISSION_DENIED', reason: 'forbidden' });
  });

  it('should believe the user id of a gateway, but not beside a token', async () => {
    const access = createAccess('trusted-header');
    await using server = await startTestServer({ authenticate: access.authenticate });
    using client = connect(server.address, null, { 'x-user-id': 'bob' });
    using both = connect(server.address, 'dw_token', { 'x-user-id': 'bob' });

    const { calendars } = await client.call(method.listCalendars, {});
    const failure = await failureOf(both.call(method.listCalendars, {}));

    expect(calendars[0]?.owner).toBe('bob');
    expect(failure.status).toBe('UNAUTHENTICATED');
  });
});
