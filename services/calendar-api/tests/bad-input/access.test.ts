import { Metadata } from '@grpc/grpc-js';
import { describe, expect, it } from 'vitest';
import { encodeInput } from './_support/call-grpc.ts';
import { callHttp } from './_support/call-http.ts';
import { useApi } from './_support/describe-refusals.ts';
import { EVENT } from './_support/fixtures.ts';
import { OPERATIONS } from './_support/operations.ts';
import { expectRefusal } from './_support/refusal.ts';
import { CREDENTIAL_CASES, DOUBLED_CREDENTIAL_CASES, SENDER_CASES } from './cases/access.ts';

describe('somebody who may not', () => {
  const subject = useApi();
  const path = `/api/v1/events/${EVENT}`;
  const removal = encodeInput('DeleteEvent', { id: EVENT });

  it.each([...CREDENTIAL_CASES, ...DOUBLED_CREDENTIAL_CASES])(
    'should be refused over HTTP with %s',
    async (_, make, code, says) => {
      const { api } = subject();
      const before = await api.rows();
      const authorization = make(api.tokens);
      const headers = authorization === undefined ? {} : { authorization };
      const answer = await callHttp(api.port, { method: 'DELETE', path, headers });
      expectRefusal(answer, code, says);
      expect(answer.headers['www-authenticate']).toBe(
        code === 'forbidden' ? undefined : 'Bearer realm="daywatch"',
      );
      expectNoSecret(answer.body);
      expect(await api.rows()).toBe(before);
    },
  );

  it.each(CREDENTIAL_CASES)('should be refused over gRPC with %s', async (_, make, code, says) => {
    const { api, grpc } = subject();
    const before = await api.rows();
    const metadata = new Metadata();
    for (const value of [make(api.tokens) ?? []].flat()) metadata.add('authorization', value);
    const answer = await grpc.callBytes('DeleteEvent', removal, metadata);
    expectRefusal(answer, code, says);
    expectNoSecret(JSON.stringify(answer));
    expect(await api.rows()).toBe(before);
  });

  it.each(SENDER_CASES)('should be refused over HTTP: %s', async (_, request, make, code, says) => {
    const { api } = subject();
    const before = await api.rows();
    const answer = await callHttp(api.port, {
      ...request,
      headers: { 'content-type': 'application/json', ...make(api) },
    });
    expectRefusal(answer, code, says);
    expectNoSecret(answer.body);
    expect(await api.rows()).toBe(before);
  });

  it.each(OPERATIONS)('should be refused by every method without a token: %s', async (operation) => {
    const { grpc } = subject();
    expectRefusal(
      await grpc.callBytes(operation, new Uint8Array(), new Metadata()),
      'unauthenticated',
      'a credential is missing',
    );
  });

  it('should be let in where all is well', async () => {
    const { api } = subject();
    const answers = await Promise.all([
      callHttp(api.port, { method: 'GET', path, headers: { cookie: api.cookie } }),
      callHttp(api.port, { method: 'GET', path, headers: { authorization: `bearer ${api.tokens.alice}` } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('should have logged nothing as broken', () => {
    expect(subject().api.failures()).toEqual([]);
  });

  function expectNoSecret(text: string): void {
    const { api } = subject();
    for (const secret of [...Object.values(api.tokens), api.cookie.split('=')[1] ?? '']) {
      expect(text).not.toContain(secret.slice(0, 20));
    }
  }
});
