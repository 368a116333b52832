import { describe, expect, it } from 'vitest';

import { createTestClient, failureOf } from './_support/clients.ts';
import { startHttp } from './_support/servers.ts';

describe('a name', () => {
  const resolvingTo = (...addresses: readonly string[]) => ({
    resolve: async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  });

  it('should be refused where it resolves into a fenced network', async () => {
    await using client = createTestClient(resolvingTo('169.254.169.254'));

    const failure = await failureOf(client.fetch({ url: 'http://metadata.example/latest' }));

    expect(failure.code).toBe('fenced_address');
    expect(failure.message).toBe(
      'the address 169.254.169.254 of metadata.example is in the fenced network 169.254.0.0/16',
    );
  });

  it('should be refused where the system resolves it to loopback', async () => {
    await using client = createTestClient({
      resolve: async () => [
        { address: '::1', family: 6 },
        { address: '127.0.0.2', family: 4 },
      ],
    });

    const failure = await failureOf(client.fetch({ url: 'http://localhost.example:1/' }));

    expect(failure.code).toBe('fenced_address');
  });

  it('should be reached at the very address that was checked', async () => {
    await using server = await startHttp((request, response) => response.end(request.headers.host));
    await using client = createTestClient(resolvingTo('127.0.0.1'));

    const answer = await client.fetch({ url: `http://service.example:${server.port}/` });

    expect(Buffer.from(answer.body).toString()).toBe(`service.example:${server.port}`);
    expect(answer.remoteAddress).toBe('127.0.0.1');
    expect(answer.timings.dnsMs).toBeGreaterThan(0);
  });

  it('should be reached at its open addresses alone', async () => {
    await using server = await startHttp((_, response) => response.end());
    await using client = createTestClient(resolvingTo('10.0.0.1', '::1', '127.0.0.1'));

    const answer = await client.fetch({ url: `http://service.example:${server.port}/` });

    expect(answer.remoteAddress).toBe('127.0.0.1');
  });

  it('should be checked anew for every connection, and resolved once for each', async () => {
    await using server = await startHttp((_, response) => {
      response.writeHead(200, { Connection: 'close' }).end();
    });
    const answers = ['127.0.0.1', '127.0.0.2'];
    let asked = 0;
    await using client = createTestClient({
      resolve: async () => [{ address: answers[asked++] ?? expect.unreachable(), family: 4 }],
    });
    const url = `http://rebinding.example:${server.port}/`;

    const first = await client.fetch({ url });
    const second = await failureOf(client.fetch({ url }));

    expect(first.remoteAddress).toBe('127.0.0.1');
    expect(second.code).toBe('fenced_address');
    expect(asked).toBe(2);
  });

  it('should be dns_failed where there is none', async () => {
    await using client = createTestClient();

    const failure = await failureOf(client.fetch({ url: 'http://no-such-name.invalid/' }));

    expect(failure.code).toBe('dns_failed');
    expect(failure.message).toContain('the name no-such-name.invalid could not be resolved');
  });

  it('should be dns_failed where it has no address', async () => {
    await using client = createTestClient(resolvingTo());

    const failure = await failureOf(client.fetch({ url: 'http://empty.example/' }));

    expect(failure.code).toBe('dns_failed');
  });

  it('should not be waited for longer than the request may take', async () => {
    await using client = createTestClient({ resolve: () => new Promise(() => undefined) });

    const failure = await failureOf(client.fetch({ url: 'http://slow.example/', timeoutMs: 100 }));

    expect(failure.code).toBe('timeout');
    expect(failure.message).toContain('it waited for the resolver');
  });
});

describe('an address', () => {
  it('should be refused in the URL itself, in whatever form', async () => {
    await using client = createTestClient();

    for (const host of ['127.0.0.2', '0x7f.2', '2130706434', '[::1]', '[::ffff:127.0.0.2]', '0.0.0.0']) {
      const failure = await failureOf(client.fetch({ url: `http://${host}:1/` }));
      expect([host, failure.code]).toEqual([host, 'fenced_address']);
    }
  });
});
