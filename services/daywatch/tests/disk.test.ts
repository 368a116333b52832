import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { findOrdinaryUser, findSmallDisk } from './_support/disks.ts';
import { makeFolder } from './_support/folder.ts';
import { MAIN, runProgram } from './_support/run-program.ts';

const probe = await makeFolder();
afterAll(() => probe[Symbol.asyncDispose]());

const DAYWATCH = [process.execPath, MAIN];
const FILL = '{ cat /dev/zero >filler 2>&-; true; }';

const DISKS = [
  { name: 'is full', megabytes: 1, setUp: FILL, said: 'the disk is full' },
  { name: 'fills up while PostgreSQL is set up', megabytes: 20, setUp: ':', said: 'the disk is full' },
  { name: 'is read-only', megabytes: 1, setUp: 'mount -o remount,ro "$0"', said: 'read-only' },
] as const;

/** Where no mount is allowed, the test below stands for these with permissions. */
const canMount = (await findSmallDisk(probe.path, 1, ':')) !== undefined;

describe('daywatch run on a disk', () => {
  it.each(canMount ? DISKS : [])('that $name should say so in one line', async (disk) => {
    await using folder = await makeFolder();
    const mounted = join(folder.path, 'disk');
    await mkdir(mounted);
    const prefix = (await findSmallDisk(mounted, disk.megabytes, disk.setUp)) ?? [];
    const env = { DAYWATCH_HTTP_PORT: '0', DAYWATCH_DATA: join(mounted, 'data') };

    const { code, stderr } = await runProgram(['run'], {
      cwd: folder.path,
      env,
      command: [...prefix, ...DAYWATCH],
    });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^daywatch: [^\n]+\n$/);
    expect(stderr.toLowerCase()).toContain(disk.said);
    expect(stderr).toContain(mounted);
  });

  it('that this user may not write to should say so in one line', async () => {
    await using folder = await makeFolder();
    const closed = join(folder.path, 'closed');
    await mkdir(closed, { mode: 0o555 });
    const env = { DAYWATCH_HTTP_PORT: '0', DAYWATCH_DATA: join(closed, 'data') };

    const { code, stderr } = await runProgram(['run'], {
      cwd: folder.path,
      env,
      command: [...(await findOrdinaryUser()), ...DAYWATCH],
    });

    expect(code).toBe(1);
    expect(stderr).toBe(
      `daywatch: the data folder cannot be used: ${closed}/data: this user may not write there; choose another with DAYWATCH_DATA\n`,
    );
  });
});
