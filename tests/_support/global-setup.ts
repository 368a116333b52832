import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { POSTGRES_KINDS, startTestServer, type PostgresKind } from './postgres-servers.ts';
import { startRabbitmq } from './rabbitmq-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers `GET /<kind>` with the URL of that server, which the first call starts. */
    readonly testServersUrl: string;
  }
}

/** A server that the whole run shares. */
interface SharedServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const KINDS: ReadonlyMap<string, () => Promise<SharedServer>> = new Map([
  ...POSTGRES_KINDS.map((kind) => [kind, () => startPostgres(kind)] as const),
  ['rabbitmq', startBroker],
]);

/**
 * One PostgreSQL of each kind and one RabbitMQ per test run, started when the first test asks for it, so that a run of
 * unit tests pays nothing. Test files run in other processes: they ask over loopback HTTP.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Map<string, Promise<SharedServer>>();
  const desk = createServer((request, response) => {
    const kind = request.url?.slice(1) ?? '';
    const start = KINDS.get(kind);
    if (start === undefined) {
      response.writeHead(404).end();
      return;
    }
    const server = servers.get(kind) ?? start();
    servers.set(kind, server);
    server.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('testServersUrl', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await Promise.all(Array.from(servers.values(), stopIfStarted));
  };
}

async function startPostgres(kind: PostgresKind): Promise<SharedServer> {
  const { dsn, stop } = await startTestServer(kind);
  return { url: dsn('postgres'), stop };
}

async function startBroker(): Promise<SharedServer> {
  const broker = await startRabbitmq();
  return { url: broker.url, stop: async () => broker[Symbol.asyncDispose]() };
}

async function stopIfStarted(starting: Promise<SharedServer>): Promise<void> {
  const server = await starting.catch(() => undefined);
  await server?.stop();
}
