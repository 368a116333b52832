import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { POSTGRES_KINDS, startTestServer, type PostgresKind } from './postgres-servers.ts';
import { startRabbitmq } from './rabbitmq-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Answers `GET /<kind>` with where that shared thing is; the first call makes it. */
    readonly sharedThingsUrl: string;
  }
}

/** What the whole run shares: a server by its URL, or the web page by its folder. */
interface SharedThing {
  readonly place: string;
  readonly stop: () => Promise<void>;
}

const KINDS: ReadonlyMap<string, () => Promise<SharedThing>> = new Map([
  ...POSTGRES_KINDS.map((kind) => [kind, () => startPostgres(kind)] as const),
  ['rabbitmq', startBroker],
  ['page', buildPage],
]);

/**
 * One PostgreSQL of each kind, one RabbitMQ and one build of the page per test run, made when the first test asks
 * for it, so that a run of unit tests pays nothing. Test files run in other processes: they ask over loopback HTTP.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const things = new Map<string, Promise<SharedThing>>();
  const desk = createServer((request, response) => {
    const kind = request.url?.slice(1) ?? '';
    const make = KINDS.get(kind);
    if (make === undefined) {
      response.writeHead(404).end();
      return;
    }
    const thing = things.get(kind) ?? make();
    things.set(kind, thing);
    thing.then(
      ({ place }) => response.end(place),
      (error: unknown) => response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
    );
  });
  await new Promise<void>((resolve) => desk.listen(0, '127.0.0.1', resolve));
  project.provide('sharedThingsUrl', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);

  return async () => {
    desk.closeAllConnections();
    desk.close();
    await Promise.all(Array.from(things.values(), stopIfStarted));
  };
}

async function startPostgres(kind: PostgresKind): Promise<SharedThing> {
  const { dsn, stop } = await startTestServer(kind);
  return { place: dsn('postgres'), stop };
}

async function startBroker(): Promise<SharedThing> {
  const broker = await startRabbitmq();
  return { place: broker.url, stop: async () => broker[Symbol.asyncDispose]() };
}

/** Where a process that runs from its sources looks for the page. */
const PAGE = join(import.meta.dirname, '../../web/dist');

/** Run by itself: a build in the environment of tests would be one for tests. */
const BUILD = join(import.meta.dirname, '../../web/build.ts');
const { PATH } = process.env;

async function buildPage(): Promise<SharedThing> {
  await promisify(execFile)(process.execPath, [BUILD, PAGE], { env: { PATH } });
  return { place: PAGE, stop: async () => undefined };
}

async function stopIfStarted(starting: Promise<SharedThing>): Promise<void> {
  const thing = await starting.catch(() => undefined);
  await thing?.stop();
}
