import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { buildPage } from '../../../web/build.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const MAIN = join(ROOT, 'services/calendar-api/src/main.ts');
const PORT = 18_931;
const ORIGIN = `http://localhost:${PORT}`;
const DEADLINE_MS = 30_000;
const AT_ONCE = 8;

/** A calendar_api that keeps everything in memory and serves the page as it is built now. */
export interface PageHouse extends AsyncDisposable {
  /** Makes an event by the API. */
  readonly add: (event: object) => Promise<void>;
  /** Spreads events over a month; they occupy no time, so that they may overlap. */
  readonly fillMonth: (month: string, count: number) => Promise<void>;
  /** Signs in and opens a path. */
  readonly open: (page: Page, path: string) => Promise<void>;
}

export async function openPageHouse(): Promise<PageHouse> {
  await buildPage(join(ROOT, 'web/dist'));
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-web-'));
  const token = randomBytes(32).toString('hex');
  await writeFile(join(folder, 'token'), token);
  const child = spawn(process.execPath, [MAIN], {
    env: {
      PATH: process.env['PATH'] ?? '',
      DAYWATCH_HTTP_PORT: String(PORT),
      DAYWATCH_AUTH_BOOTSTRAP_TOKEN_FILE: join(folder, 'token'),
    },
    stdio: 'ignore',
  });
  const ended = new Promise((done) => {
    child.once('exit', done);
  });
  try {
    await untilReady(ORIGIN);
  } catch (error) {
    child.kill('SIGTERM');
    throw error;
  }
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const add = async (event: object): Promise<void> => {
    const answer = await fetch(`${ORIGIN}/api/v1/events`, {
      method: 'POST',
      headers,
      body: JSON.stringify(event),
    });
    if (!answer.ok) throw new Error(`an event was refused: ${await answer.text()}`);
  };
  return {
    add,
    async fillMonth(month, count) {
      const events = Array.from({ length: count }, (_, i) => ({
        title: `Meeting ${i}`,
        start: `${month}-${String((i % 28) + 1).padStart(2, '0')}T${String(7 + (i % 12)).padStart(2, '0')}:30:00`,
        duration: 'PT45M',
        busy: false,
      }));
      for (let i = 0; i < count; i += AT_ONCE) await Promise.all(events.slice(i, i + AT_ONCE).map(add));
    },
    open: (page, path) => openSignedIn(page, ORIGIN, token, path),
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Signs the browser in, and opens a path. */
export async function openSignedIn(page: Page, origin: string, token: string, path: string): Promise<void> {
  await page.goto(`${origin}/favicon.svg`);
  await page.evaluate(async (authorization) => {
    await fetch('/sign-in', { method: 'POST', headers: { authorization } });
  }, `Bearer ${token}`);
  await page.goto(origin + path);
}

export async function untilReady(origin: string): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  for (;;) {
    const answer = await fetch(`${origin}/health/ready`).catch(() => undefined);
    if (answer?.ok === true) return;
    if (Date.now() > deadline) throw new Error(`${origin} was not ready within ${DEADLINE_MS} ms`);
    await new Promise((done) => {
      setTimeout(done, 50);
    });
  }
}
