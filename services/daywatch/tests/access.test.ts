import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaywatch, type Daywatch } from './_support/daywatch.ts';
import { makeFolder, type Folder } from './_support/folder.ts';
import { runProgram } from './_support/run-program.ts';
import { waitFor } from './_support/wait-for.ts';

let folder: Folder;
let daywatch: Daywatch;

beforeAll(async () => {
  folder = await makeFolder();
  daywatch = await startDaywatch(folder);
});

afterAll(async () => {
  await daywatch.stop();
  await folder[Symbol.asyncDispose]();
});

describe('the link that daywatch run prints', () => {
  it('should sign a browser in once, for our own pages alone', async () => {
    const link = /http:\/\/\S+\/sign-in\?\S+/.exec(daywatch.banner)?.[0] ?? '';

    const first = await fetch(link, { redirect: 'manual' });
    const second = await fetch(link, { redirect: 'manual' });

    expect([first.status, first.headers.get('location')]).toEqual([303, '/']);
    expect(second.status).toBe(410);
    const setCookie = first.headers.get('set-cookie') ?? '';
    expect(setCookie).toMatch(/; HttpOnly/i);
    expect(setCookie).toMatch(/; SameSite=(Lax|Strict)/i);
    const cookie = setCookie.split(';')[0] ?? '';
    expect((await fetch(`${daywatch.url}/api/v1/calendars`, { headers: { cookie } })).status).toBe(200);
    expect((await addEvent({ cookie, origin: daywatch.url })).status).toBe(201);
    for (const foreign of ['http://evil.example', `http://localhost:${daywatch.port + 1}`, 'null']) {
      const answer = await addEvent({ cookie, origin: foreign });
      expect([foreign, answer.status]).toEqual([foreign, 403]);
    }
  });
});

describe('daywatch token', () => {
  it('should work on the database of the one that runs', async () => {
    const created = await token('create', 'phone', '--user', 'me');
    const secret = created.stdout.trim();
    expect(await statusWith(secret)).toBe(200);

    const listed = await token('list');
    expect(listed.stdout).toContain('phone');
    expect(listed.stdout).not.toContain(secret);

    expect((await token('revoke', 'phone')).code).toBe(0);
    // A running server may remember it for a few seconds.
    await waitFor('the refusal', async () => ((await statusWith(secret)) === 401 ? true : undefined));
    expect(await statusWith(daywatch.token)).toBe(200);
  });
});

describe('the documentation', () => {
  it('should be served without a complaint of the runtime', async () => {
    for (const file of ['', '/start.js', '/swagger-ui.css', '/swagger-ui-bundle.js', '/favicon-32x32.png']) {
      const answer = await fetch(`${daywatch.url}/docs${file}`);
      expect([file, answer.status]).toEqual([file, 200]);
      await answer.arrayBuffer();
    }
    expect(daywatch.program.stderr()).toBe('');
  });
});

function addEvent(headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${daywatch.url}/api/v1/events`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ title: 'From a page', start: '2031-01-01T09:00:00Z', duration: 'PT1H' }),
  });
}

function token(...args: readonly string[]) {
  return runProgram(['token', ...args], { cwd: folder.path });
}

async function statusWith(secret: string): Promise<number> {
  const headers = { authorization: `Bearer ${secret}` };
  return (await fetch(`${daywatch.url}/api/v1/calendars`, { headers })).status;
}
