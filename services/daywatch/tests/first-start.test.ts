import { readFile, stat } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsIn } from './_support/banner.ts';
import { startDaywatch } from './_support/daywatch.ts';
import { listProcesses, makeFolder, makeUsedFolder, removeTemplate, type Folder } from './_support/folder.ts';
import { runProgram, startProgram } from './_support/run-program.ts';
import { waitFor } from './_support/wait-for.ts';

let folder: Folder;

beforeAll(async () => {
  folder = await makeFolder();
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await removeTemplate();
});

describe('daywatch run', () => {
  it('should print lines that work as they are printed, and keep what they made', async () => {
    await using daywatch = await startDaywatch(folder);
    const [curl = '', add = '', week = ''] = commandsIn(daywatch.banner);

    const viaCurl = await inShell(curl);
    const viaClient = await inShell(add);
    const listed = await inShell(week);

    expect(JSON.parse(viaCurl.stdout)).toMatchObject({ title: 'Dentist', owner: 'me' });
    expect(viaClient).toMatchObject({ code: 0, stdout: expect.stringContaining('Dentist again') as string });
    expect(listed.stdout).toContain('Dentist again');
    expect((await stat(join(folder.data, 'token'))).mode & 0o777).toBe(0o600);
    expect(await daywatch.stop()).toMatchObject({ code: 0, stderr: '' });

    await using again = await startDaywatch(folder);
    expect(again.token).toBe(daywatch.token);
    const { calendars } = (await (await again.fetch('/api/v1/calendars')).json()) as { calendars: unknown[] };
    expect(calendars).toHaveLength(1);
    const events = await (await again.fetch(periodOf(viaCurl.stdout))).text();
    expect(events).toContain('Dentist again');
    expect(await again.stop()).toMatchObject({ code: 0 });
    expect(await listProcesses(folder.path)).toEqual([]);
  });

  it('should have a token that works when health first passes', async () => {
    await using fresh = await makeFolder();
    const port = await freePort();
    const env = { DAYWATCH_HTTP_PORT: String(port) };
    const program = startProgram(['run'], { cwd: fresh.path, env });

    await waitFor('health', async () => {
      const health = await fetch(`http://127.0.0.1:${port}/health`).catch(() => undefined);
      return health?.ok === true ? true : undefined;
    });
    const token = await readFile(join(fresh.data, 'token'), 'utf8');
    const headers = { authorization: `Bearer ${token.trim()}` };
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/calendars`, { headers });

    expect(answer.status).toBe(200);
    program.process.kill('SIGTERM');
    expect(await program.finished).toMatchObject({ code: 0 });
  });

  it.each([
    ['Asia/Tokyo', 'Asia/Tokyo'],
    ['', 'UTC'],
  ])('should make the first calendar in the zone of the machine: TZ=%j', async (TZ, zone) => {
    await using fresh = await makeUsedFolder();
    await using daywatch = await startDaywatch(fresh, { env: { TZ } });

    const answer = await daywatch.fetch('/api/v1/calendars');

    expect(await answer.json()).toMatchObject({ calendars: [{ time_zone: zone }] });
  });

  it('should keep its data where DAYWATCH_DATA says, and print lines for that', async () => {
    await using here = await makeUsedFolder();
    const data = join(here.path, "the owner's data");
    const env = { DAYWATCH_DATA: data };
    await using daywatch = await startDaywatch(here, { env });
    const [curl = '', add = ''] = commandsIn(daywatch.banner);

    const answers = [await inShell(curl, here), await inShell(add, here)];

    expect(answers.map(({ code }) => code)).toEqual([0, 0]);
    expect(JSON.parse(answers[0]?.stdout ?? '')).toMatchObject({ title: 'Dentist' });
    expect((await stat(join(data, 'postgres'))).isDirectory()).toBe(true);
    // What is known is not warned of.
    expect(daywatch.program.stdout()).not.toContain('"level":"warn"');
  });
});

function inShell(line: string, { path }: Folder = folder) {
  return runProgram(['-c', line], { cwd: path, command: ['sh'] });
}

function periodOf(event: string): string {
  const { start } = JSON.parse(event) as { start: string };
  return `/api/v1/days/${start.slice(0, 10)}/occurrences`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
