import { chmod, copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandsIn } from './_support/banner.ts';
import { startDaywatch } from './_support/daywatch.ts';
import { findOrdinaryUser } from './_support/disks.ts';
import { makeFolder, type Folder } from './_support/folder.ts';
import { ROOT, runProgram } from './_support/run-program.ts';

/** Beside the packages, as bin/ is, so that PostgreSQL's programs are found from there. */
const BIN = join(ROOT, `node_modules/.bin-test-${process.pid}`);
const EXECUTABLES = [
  'calendar_api',
  'calendar_client',
  'calendar_scheduler',
  'calendar_sender',
  'checker',
  'daywatch',
  'gometr',
  'monitor',
  'testbox',
] as const;

let folder: Folder;
/** A path on which Node 20 comes first. */
let oldPath: string;

beforeAll(async () => {
  folder = await makeFolder();
  const old = join(folder.path, 'old node');
  await mkdir(old);
  await writeFile(join(old, 'node'), '#!/bin/sh\n[ "$1" = --version ] && echo v20.20.2 || exit 99\n', {
    mode: 0o755,
  });
  oldPath = `${old}:/usr/bin:/bin`;
  const command = [process.execPath, join(ROOT, 'tools/build.ts')];
  const built = await runProgram([BIN], { cwd: ROOT, command });
  expect(built).toMatchObject({ code: 0, stderr: '' });
});

afterAll(async () => {
  await folder[Symbol.asyncDispose]();
  await rm(BIN, { recursive: true, force: true });
});

describe.each(EXECUTABLES)('the executable %s', (name) => {
  it('should start from any folder, linked and copied, with an old Node on the path', async () => {
    const elsewhere = join(folder.path, `some folder for ${name}`);
    await mkdir(elsewhere);
    await symlink(join(BIN, name), join(elsewhere, 'link'));
    await copyFile(join(BIN, name), join(elsewhere, 'copy'));

    for (const file of [join(BIN, name), join(elsewhere, 'link'), join(elsewhere, 'copy'), './copy']) {
      const env = { PATH: oldPath };
      const answer = await runProgram(['--version'], { cwd: elsewhere, env, command: [file] });
      expect(answer).toEqual({
        code: 0,
        stdout: expect.stringMatching(/0\.1\.0\n$/) as string,
        stderr: '',
      });
    }
  });

  it('should start in a folder that may not be read', async () => {
    const closed = join(folder.path, `closed for ${name}`);
    await mkdir(closed);
    await chmod(closed, 0o711);
    const command = [...(await findOrdinaryUser()), join(BIN, name)];

    const answer = await runProgram(['--help'], { cwd: closed, env: { PATH: oldPath }, command });

    expect(answer).toMatchObject({ code: 0, stderr: '' });
    expect(answer.stdout).toContain(`Usage: ${name}`);
  });

  it('should say that it needs Node 24 where there is none', async () => {
    const lonely = join(folder.path, `lonely ${name}`);
    // As if on another machine, where neither the checkout is nor a newer Node.
    const text = await readFile(join(BIN, name), 'utf8');
    await writeFile(lonely, text.replaceAll(ROOT, '/nowhere').replace(/(\/usr\/\S*node ?)+/, ''), {
      mode: 0o755,
    });

    const answer = await runProgram(['--version'], {
      cwd: '/',
      env: { PATH: oldPath },
      command: [lonely],
    });

    expect(answer).toEqual({
      code: 1,
      stdout: '',
      stderr: `${name}: needs Node.js 24 or newer, and found none; install it, or name its program in DAYWATCH_NODE\n`,
    });
  });
});

describe('the bundled daywatch', () => {
  it('should say that it needs its share folder where it was copied without it', async () => {
    const lonely = join(folder.path, 'lonely daywatch');
    const env = { PATH: oldPath, DAYWATCH_NODE: process.execPath };

    const help = await runProgram(['--help'], { cwd: '/', env, command: [lonely] });
    const run = await runProgram(['run'], { cwd: folder.path, env, command: [lonely] });

    expect(help.code).toBe(0);
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toMatch(/^daywatch: the folder \S+\/share is missing: [^\n]+\n$/);
  });

  it('should run everything: PostgreSQL, migrations, the printed lines, the page, the documentation', async () => {
    const env = { PATH: oldPath };
    await using daywatch = await startDaywatch(folder, { env, command: [join(BIN, 'daywatch')] });

    const said = [];
    for (const line of commandsIn(daywatch.banner)) {
      said.push(await runProgram(['-c', line], { cwd: folder.path, env, command: ['sh'] }));
    }
    const page = await (await fetch(daywatch.url)).text();
    const script = await fetch(`${daywatch.url}${/\/assets\/[^"]+\.js/.exec(page)?.[0] ?? ''}`);
    const docs = await fetch(`${daywatch.url}/docs/swagger-ui-bundle.js`);

    expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(JSON.parse(said[0]?.stdout ?? '')).toMatchObject({ title: 'Dentist' });
    expect([script.status, (await script.text()).length > 100_000]).toEqual([200, true]);
    expect(said[2]?.stdout).toMatch(/Dentist again/);
    expect([docs.status, (await docs.text()).length > 100_000]).toEqual([200, true]);
    expect(await daywatch.stop()).toMatchObject({ code: 0, stderr: '' });
  });
});
