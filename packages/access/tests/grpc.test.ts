import {
  credentials,
  makeGenericClientConstructor,
  Metadata,
  Server,
  ServerCredentials,
  status,
  type Client,
  type handleUnaryCall,
  type ServiceDefinition,
  type ServiceError,
} from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { readCallCredentials, toGrpcStatus } from '../src/adapters/grpc/index.ts';
import { createMemoryAccess } from '../src/adapters/memory/index.ts';
import { createAuthenticator, createToken, isAccessError, type AuthPolicy } from '../src/index.ts';
import { createTestContext } from './support.ts';

const WHO: ServiceDefinition = {
  who: {
    path: '/test.Access/Who',
    requestStream: false,
    responseStream: false,
    requestSerialize: (value: string) => Buffer.from(value),
    requestDeserialize: String,
    responseSerialize: (value: string) => Buffer.from(value),
    responseDeserialize: String,
  },
};

const servers: Server[] = [];
const clients: Client[] = [];
let context: ReturnType<typeof createTestContext>;
let token: string;

beforeEach(async () => {
  context = createTestContext(createMemoryAccess());
  token = (
    await createToken(context, { name: 'laptop', userId: 'ann', scopes: ['calendar'] })
  ).secret.reveal();
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  for (const server of servers.splice(0)) server.forceShutdown();
});

describe('a gRPC call', () => {
  it('should be known by its token', async () => {
    const call = await serve({ mode: 'token' });

    expect(await call({ authorization: `Bearer ${token}` })).toBe('ann by token');
  });

  it.each([{}, { authorization: 'Bearer wrong' }, { 'x-user-id': 'ann' }])(
    'should be refused with %j',
    async (headers) => {
      const call = await serve({ mode: 'token' });

      await expect(call(headers)).rejects.toMatchObject({ code: status.UNAUTHENTICATED });
    },
  );

  it.each(['127.0.0.1', '[::1]'])('should be believed from a gateway on %s', async (host) => {
    const call = await serve({ mode: 'trusted-header', peers: 'loopback' }, host);

    expect(await call({ 'x-user-id': 'ann@example.org' })).toBe('ann@example.org by trusted-header');
  });

  it('should be refused with two user ids, and with both credentials', async () => {
    const call = await serve({ mode: 'trusted-header', peers: 'loopback' });

    await expect(call({ 'x-user-id': ['ann', 'bob'] })).rejects.toMatchObject({
      code: status.UNAUTHENTICATED,
    });
    await expect(call({ 'x-user-id': 'ann', authorization: `Bearer ${token}` })).rejects.toThrow(
      'both given',
    );
  });

  it('should take no cookie for a credential', () => {
    const metadata = new Metadata();
    metadata.add('cookie', `daywatch_session=${'a'.repeat(43)}`);

    expect(readCallCredentials(metadata, '10.0.0.1:5000')).toEqual({
      authorization: undefined,
      userIdHeader: undefined,
      remoteAddress: '10.0.0.1',
    });
  });

  it.each([
    ['127.0.0.1:50412', '127.0.0.1'],
    ['::1:50412', '::1'],
    ['[::1]:50412', '::1'],
    ['::ffff:10.0.0.1:50412', '::ffff:10.0.0.1'],
    ['unknown', undefined],
  ])('should read the peer %s as %s', (peer, address) => {
    expect(readCallCredentials(new Metadata(), peer).remoteAddress).toBe(address);
  });
});

type Call = (headers: Readonly<Record<string, string | readonly string[]>>) => Promise<string>;

/** Starts a server whose one method answers who calls, and a client of it. */
async function serve(policy: AuthPolicy, host = '127.0.0.1'): Promise<Call> {
  const authenticator = createAuthenticator({ ...context, policy });
  const who: handleUnaryCall<string, string> = (call, answer) => {
    authenticator.authenticate(readCallCredentials(call.metadata, call.getPeer())).then(
      ({ userId, credential }) => answer(null, `${userId} by ${credential.kind}`),
      (error: unknown) => {
        const code = isAccessError(error) ? toGrpcStatus(error) : status.INTERNAL;
        answer({ code, details: String(error) });
      },
    );
  };
  const server = new Server();
  servers.push(server);
  server.addService(WHO, { who });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:0`, ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  const client = new (makeGenericClientConstructor(WHO, 'Access'))(
    `${host}:${port}`,
    credentials.createInsecure(),
  );
  clients.push(client);
  return (headers) => {
    const metadata = new Metadata();
    for (const [name, values] of Object.entries(headers)) {
      for (const value of [values].flat()) metadata.add(name, value);
    }
    return new Promise((resolve, reject) => {
      const method = client['who'] as (
        request: string,
        metadata: Metadata,
        answer: (error: ServiceError | null, value: string) => void,
      ) => void;
      method.call(client, 'who am I?', metadata, (error, value) => (error ? reject(error) : resolve(value)));
    });
  };
}
