import { gzipSync, brotliCompressSync } from 'node:zlib';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { OutboundClient } from '../src/index.ts';
import { createTestClient, failureOf } from './_support/clients.ts';
import { startHttp, startRaw } from './_support/servers.ts';

let client: OutboundClient;
beforeEach(() => {
  client = createTestClient();
});
afterEach(() => client.close());

const TIMEOUT_MS = 150;

describe('a server that takes too long', () => {
  it('should be named, with what it was waited for: the answer', async () => {
    await using server = await startHttp(() => undefined);
    // Long enough to be connected, on a machine that is busy too.
    const timeoutMs = 2000;

    const failure = await failureOf(client.fetch({ url: server.url, timeoutMs }));

    expect(failure.code).toBe('timeout');
    expect(failure.message).toBe(
      `127.0.0.1:${server.port} took longer than 2000 ms; it waited for the answer`,
    );
  });

  it('should not escape the limit by sending a byte now and then, in its head or its body', async () => {
    for (const start of [
      'HTTP/1.1 200 OK\r\nX-Long: ',
      'HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n',
    ]) {
      await using server = await startRaw((socket) => {
        socket.write(start);
        const drip = setInterval(() => socket.write('x'), 10);
        socket.on('close', () => clearInterval(drip));
      });

      const failure = await failureOf(client.fetch({ url: server.url, timeoutMs: TIMEOUT_MS }));

      expect(failure.code).toBe('timeout');
    }
  });

  it('should not escape it by redirecting slowly', async () => {
    await using server = await startHttp((request, response) => {
      const next = Number(request.url?.slice(1)) + 1;
      setTimeout(() => response.writeHead(302, { Location: `/${next}` }).end(), 40);
    });

    const url = `${server.url}/1`;
    const failure = await failureOf(client.fetch({ url, timeoutMs: TIMEOUT_MS, maxRedirects: 1000 }));

    expect(failure.code).toBe('timeout');
  });

  it('should be named where it never shakes hands', async () => {
    await using server = await startRaw(() => undefined, 'https');

    const failure = await failureOf(client.fetch({ url: server.url, timeoutMs: TIMEOUT_MS }));

    expect(failure.message).toContain('waited for the TLS handshake');
  });

  it('should hold others up at most until then where connections are few', async () => {
    await using few = createTestClient({ maxConnectionsPerOrigin: 1 });
    await using server = await startHttp(() => undefined);
    const first = failureOf(few.fetch({ url: server.url, timeoutMs: 10 * TIMEOUT_MS }));

    const second = await failureOf(few.fetch({ url: server.url, timeoutMs: TIMEOUT_MS }));

    expect(second.message).toContain('waited for a free connection');
    expect((await first).message).toContain('waited for the answer');
  });
});

describe('a body that is too large', () => {
  const limits = { maxBodyBytes: 100_000 };

  it('should be refused as soon as it is announced', async () => {
    await using server = await startHttp((_, response) => {
      response.writeHead(200, { 'Content-Length': '100001' }).flushHeaders();
    });

    const failure = await failureOf(client.fetch({ url: server.url, ...limits }));

    expect(failure.code).toBe('body_too_large');
    expect(failure.message).toContain('larger than 100000 bytes');
  });

  it('should end where it goes over the limit, though it never ends', async () => {
    await using server = await startHttp((_, response) => {
      const fill = (): void => {
        while (response.write(Buffer.alloc(16_384)));
      };
      response.on('drain', fill);
      fill();
    });

    const failure = await failureOf(client.fetch({ url: server.url, ...limits }));

    expect(failure.code).toBe('body_too_large');
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
  ] as const)('should be seen when it is decompressed: a bomb in %s', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(50_000_000));
    await using server = await startHttp((_, response) => {
      response.writeHead(200, { 'Content-Encoding': encoding }).end(bomb);
    });

    const failure = await failureOf(client.fetch({ url: server.url, ...limits }));

    expect(bomb.length).toBeLessThan(limits.maxBodyBytes);
    expect(failure.code).toBe('body_too_large');
  });

  it('should be allowed up to the very limit', async () => {
    await using server = await startHttp((_, response) => response.end(Buffer.alloc(100_000)));

    const answer = await client.fetch({ url: server.url, ...limits });

    expect(answer.body).toHaveLength(100_000);
  });
});

describe('an answer that is broken', () => {
  it.each([
    ['headers_too_large', `HTTP/1.1 200 OK\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['bad_response', 'SSH-2.0-OpenSSH_9.2\r\n'],
    ['bad_response', 'HTTP/1.1 abc\r\n\r\n'],
    ['bad_response', 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n'],
    ['bad_response', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 1\r\n\r\nx'],
    ['bad_response', 'HTTP/1.1 200 OK\r\nContent-Encoding: zstd\r\nContent-Length: 1\r\n\r\nx'],
    ['bad_response', 'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot gzip!'],
    ['bad_response', 'HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 9\r\n\r\nnot br!!!'],
    ['connection_lost', ''],
    ['connection_lost', 'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf'],
    ['connection_lost', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n'],
    ['connection_lost', 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'],
  ])('should be %s: %j', async (code, text) => {
    await using server = await startRaw((socket) => {
      socket.once('data', () => socket.end(text));
    });

    const failure = await failureOf(client.fetch({ url: server.url }));

    expect([failure.code, failure.message]).toEqual([code, expect.stringContaining('127.0.0.1')]);
  });

  it('should be connect_failed where nobody listens', async () => {
    const server = await startHttp(() => undefined);
    await server[Symbol.asyncDispose]();

    const failure = await failureOf(client.fetch({ url: server.url }));

    expect(failure.code).toBe('connect_failed');
    expect(failure.message).toContain('ECONNREFUSED');
  });
});
