import { createEvent, type UserId } from '@daywatch/calendar';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCalendarServer, type CalendarServer } from './_support/calendar-server.ts';
import { readAnswer } from './_support/person.ts';
import { runProcess, runShell } from './_support/process.ts';

let server: CalendarServer;
let folder: string;
let env: Readonly<Record<string, string>>;

beforeAll(async () => {
  server = await startCalendarServer();
  folder = await mkdtemp(join(tmpdir(), 'calendar-client-'));
  await mkdir(join(folder, '.daywatch'));
  await mkdir(join(folder, 'deep', 'inside'), { recursive: true });
  await writeFile(join(folder, '.daywatch', 'token'), 'token-ann\n', { mode: 0o600 });
  await mkdir(join(folder, '.config', 'daywatch'), { recursive: true });
  await writeFile(join(folder, '.config', 'daywatch', 'token'), 'token-home\n', { mode: 0o600 });
  env = { DAYWATCH_ADDRESS: server.address, TZ: 'Europe/Berlin' };
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function ownerOf(options: { readonly env: Readonly<Record<string, string>>; readonly cwd: string }) {
  const { stdout } = await runProcess(['calendars', '--json'], options);
  return (JSON.parse(stdout) as { calendars: readonly { owner: string }[] }).calendars[0]?.owner;
}

describe('the process', () => {
  it('should find the token in the folder, above it, in DAYWATCH_DATA and at home', async () => {
    expect(await ownerOf({ env, cwd: join(folder, 'deep', 'inside') })).toBe('ann');
    expect(await ownerOf({ env: { ...env, DAYWATCH_DATA: join(folder, '.daywatch') }, cwd: '/' })).toBe(
      'ann',
    );
    expect(await ownerOf({ env: { ...env, DAYWATCH_DATA: folder }, cwd: '/' })).toBe('ann');
    expect(await ownerOf({ env: { ...env, HOME: folder }, cwd: '/' })).toBe('home');
    const file = join(folder, '.daywatch', 'token');
    expect(await ownerOf({ env: { ...env, HOME: folder, DAYWATCH_TOKEN_FILE: file }, cwd: '/' })).toBe('ann');
    expect(await ownerOf({ env: { ...env, HOME: folder, DAYWATCH_TOKEN: 'token-env' }, cwd: '/' })).toBe(
      'env',
    );
  });

  it('should respect TZ', async () => {
    const command = ['add', 'Call', '2027-05-03', '9:00', '--json'];
    const added = await runProcess(command, { env: { ...env, TZ: 'America/New_York' }, cwd: folder });
    expect(readAnswer(added)).toMatchObject({
      time_zone: 'America/New_York',
      start: '2027-05-03T09:00:00-04:00',
    });
    const unknown = await runProcess(['day'], { env: { ...env, TZ: 'Mars/Base' }, cwd: folder });
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("TZ: 'Mars/Base'") });
  });

  it('should answer --version and --help without a server', async () => {
    expect(await runProcess(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
    const help = await runProcess(['--help']);
    expect(help).toMatchObject({
      exitCode: 0,
      stderr: '',
      stdout: expect.stringMatching(/Exit status: 0 done/),
    });
  });

  it('should be quiet when the reader of a pipe has seen enough', async () => {
    await Promise.all(Array.from({ length: 300 }, (_, minute) => addInServer('x'.repeat(200), minute)));
    const script =
      'set -o pipefail; calendar_client month 2029-01 --json | head -n 1; echo "${PIPESTATUS[0]}"';
    const { stdout, stderr } = await runShell(script, { env, cwd: folder });
    expect({ stdout, stderr }).toEqual({ stdout: '{\n0\n', stderr: '' });
  });

  it('should not ask where nobody can answer', async () => {
    const added = readAnswer(
      await runProcess(['add', 'Gone', '2027-05-04', '9:00', '--json'], { env, cwd: folder }),
    );
    const { exitCode, stdout } = await runProcess(['remove', added.id], { env, cwd: folder });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Gone') });
  });
});

async function addInServer(title: string, minute: number): Promise<void> {
  const start = new Date(Date.UTC(2029, 0, 2) + minute * 60_000).toISOString().replace('.000', '');
  await createEvent(server.context, 'ann' as UserId, {
    title,
    start,
    duration: 'PT1M',
  });
}
