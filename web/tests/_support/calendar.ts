import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from 'playwright-core';
import { createTestDatabase } from '../../../tests/_support/databases.ts';
import { askForShared } from '../../../tests/_support/shared-things.ts';
import { signIn } from './sign-in.ts';
import { waitFor } from './wait-for.ts';

const MAIN = join(import.meta.dirname, '../../../services/calendar-api/src/main.ts');

/** What a test says of an event; the zone is Berlin's unless it says otherwise. */
export interface EventInput {
  readonly title: string;
  readonly start: string;
  readonly [field: string]: unknown;
}

/** A calendar_api of a test's own, on PostgreSQL, that serves the page as it has just been built. */
export interface TestCalendar extends AsyncDisposable {
  readonly origin: string;
  readonly token: string;
  /** Makes an event by the API. */
  readonly add: (event: EventInput) => Promise<{ readonly id: string }>;
  readonly read: (path: string) => Promise<unknown>;
  readonly write: (method: string, path: string, body?: unknown) => Promise<unknown>;
  /** Signs the browser in and opens a path. */
  readonly open: (page: Page, path: string) => Promise<void>;
  /** Revokes the token, by another process. */
  readonly revokeToken: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
}

export async function startCalendar(): Promise<TestCalendar> {
  await askForShared('page');
  const database = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-web-'));
  const token = randomBytes(32).toString('hex');
  await writeFile(join(folder, 'token'), token);
  const port = await findFreePort();
  const origin = `http://localhost:${port}`;
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env['PATH'] ?? '',
        DAYWATCH_HTTP_PORT: String(port),
        DAYWATCH_STORAGE_DSN: database.dsn,
        DAYWATCH_AUTH_BOOTSTRAP_TOKEN_FILE: join(folder, 'token'),
        DAYWATCH_CALENDAR_TIME_ZONE: 'Europe/Berlin',
      },
      stdio: 'ignore',
    });
    try {
      await waitFor('readiness', async () => {
        const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
        return answer?.ok === true ? true : undefined;
      });
    } catch (error) {
      // Nobody else knows of it.
      child.kill('SIGTERM');
      throw error;
    }
  };
  const stop = async (): Promise<void> => {
    const stopping = child;
    child = undefined;
    if (!stopping) return;
    const ended = new Promise((resolve) => {
      stopping.once('exit', resolve);
    });
    stopping.kill('SIGTERM');
    await ended;
  };
  const write = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  };
  await start();
  return {
    origin,
    token,
    write,
    add: (event) =>
      write('POST', '/api/v1/events', { time_zone: 'Europe/Berlin', ...event }) as Promise<{ id: string }>,
    read: (path) => write('GET', path),
    async open(page, path) {
      await signIn(page, origin, token);
      await page.goto(origin + path);
      await page.locator('.view:not([aria-busy=true])').waitFor();
    },
    async revokeToken() {
      const env = { PATH: process.env['PATH'] ?? '', DAYWATCH_STORAGE_DSN: database.dsn };
      const token = (...args: readonly string[]) =>
        promisify(execFile)(process.execPath, [MAIN, 'token', ...args], { env });
      const { stdout } = await token('list');
      await token('revoke', /tok_\w+/.exec(stdout)?.[0] ?? '');
    },
    start,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return port;
}
