import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { askReadiness } from './ask-readiness.ts';

describe('askReadiness', () => {
  it.each(['127.0.0.1', '0.0.0.0', 'localhost'])(
    'should reach a process that listens on %s',
    async (host) => {
      const asked: (string | undefined)[] = [];
      await using server = await serve((request, response) => {
        asked.push(request.url);
        response.end('{"status":"warn","service_id":"h","checks":{}}');
      });

      expect(await askReadiness(host, server.port)).toBe('warn');
      expect(asked).toEqual(['/health/ready']);
    },
  );

  it('should say what is not ready, and why', async () => {
    const checks = {
      database: { status: 'fail', output: 'it is away' },
      disk: { status: 'warn' },
      queue: { status: 'fail' },
    };
    await using server = await serve((_, response) => {
      response.writeHead(503).end(JSON.stringify({ status: 'fail', checks }));
    });

    await expect(askReadiness('127.0.0.1', server.port)).rejects.toThrow(
      'not ready: database: it is away; queue',
    );
  });

  it('should refuse somebody else who listens there', async () => {
    await using server = await serve((_, response) => response.end('hello'));

    await expect(askReadiness('127.0.0.1', server.port)).rejects.toThrow(
      `http://127.0.0.1:${server.port}/health/ready does not answer as a process of Daywatch does: `,
    );
  });

  it('should say that nobody answers', async () => {
    const { port } = await serve(() => undefined).then(async (server) => {
      await server[Symbol.asyncDispose]();
      return server;
    });

    await expect(askReadiness('127.0.0.1', port)).rejects.toThrow('ECONNREFUSED');
  });

  it('should refuse a port that cannot be known', async () => {
    await expect(askReadiness('127.0.0.1', 0)).rejects.toThrow('http.port is 0');
  });
});

async function serve(listener: RequestListener) {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
