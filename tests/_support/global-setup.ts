import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import { promisify } from 'node:util';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { POSTGRES_KINDS, startTestServer, type PostgresKind, type TestServer } from './postgres-servers.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * Answers `GET /<kind>` with the connection string of that server, which the first call starts, and
     * `GET /page` with the folder of the web page, which the first call builds.
     */
    readonly databaseServersUrl: string;
  }
}

/** Where a process that runs from its sources looks for the page. */
const PAGE = join(import.meta.dirname, '../../web/dist');

/** Run by itself: a build in the environment of tests would be one for tests. */
const BUILD = join(import.meta.dirname, '../../web/build.ts');
const execute = promisify(execFile);
const { PATH } = process.env;

/**
 * One PostgreSQL of each kind per test run, started when the first test asks for it, so that a run of
 * unit tests pays nothing; so is the page built. Test files run in other processes: they ask over loopback HTTP.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const servers = new Map<PostgresKind, Promise<TestServer>>();
  let page: Promise<string> | undefined;
  const desk = createServer((request, response) => {
    const fail = (error: unknown): void => {
      response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    };
    if (request.url === '/page') {
      page ??= execute(process.execPath, [BUILD, PAGE], { env: { PATH } }).then(() => PAGE);
      page.then((folder) => response.end(folder), fail);
      return;
    }
    const kind = POSTGRES_KINDS.find((known) => request.url === `/${known}`);
    if (!kind) {
      response.writeHead(404).end();
      return;
    }
    const server = servers.get(kind) ?? startTestServer(kind);
    servers.set(kind, server);
    server.then(({ dsn }) => response.end(dsn('postgres')), fail);
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('databaseServersUrl', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await Promise.all(Array.from(servers.values(), stopIfStarted));
  };
}

async function stopIfStarted(starting: Promise<TestServer>): Promise<void> {
  const server = await starting.catch(() => undefined);
  await server?.stop();
}
