import { chmod, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { startEmbeddedPostgres } from '../src/index.ts';
import { findOrdinaryUser, findSmallDisk } from './_support/environments.ts';
import { reportOf } from './_support/run-child.ts';
import { listPrograms, makeTempFolder, makeUsedFolder, removeTemplate } from './_support/temp-folder.ts';

afterAll(removeTemplate);

describe('a data folder that cannot be used', () => {
  it.each([
    ['data_newer', '19'],
    ['data_older', '9.6'],
    ['data_older', '17'],
  ])('should be refused with %s when PostgreSQL %s wrote it', async (code, version) => {
    await using folder = await makeUsedFolder();
    await writeFile(join(folder.cluster, 'PG_VERSION'), `${version}\n`);

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir });

    const message = expect.stringMatching(
      new RegExp(
        `${folder.cluster} was written by PostgreSQL ${Number.parseInt(version, 10)}, .* PostgreSQL 18`,
      ),
    );
    await expect(start).rejects.toMatchObject({ code, message });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });

  it('should be left alone when it holds something else', async () => {
    await using folder = await makeTempFolder();
    await mkdir(folder.dataDir);
    await writeFile(join(folder.dataDir, 'thesis.tex'), 'important');

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir });

    const message = expect.stringContaining('thesis.tex');
    await expect(start).rejects.toMatchObject({ code: 'not_a_cluster', message });
    expect(await readdir(folder.dataDir)).toStrictEqual(['thesis.tex']);
  });

  it('should be refused when the cluster in it is damaged', async () => {
    await using folder = await makeUsedFolder();
    await rm(join(folder.cluster, 'PG_VERSION'));

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir });

    await expect(start).rejects.toMatchObject({ code: 'not_a_cluster' });
  });

  it('should be refused when it is a cluster of other making, which keeps no password for us', async () => {
    await using folder = await makeUsedFolder();
    await rm(join(folder.cluster, 'daywatch-password'));

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir });

    const message = expect.stringContaining('daywatch-password');
    await expect(start).rejects.toMatchObject({ code: 'not_a_cluster', message });
  });

  it('should be refused when it is a file', async () => {
    await using folder = await makeTempFolder();
    await writeFile(folder.dataDir, '');

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir });

    await expect(start).rejects.toMatchObject({ code: 'not_a_cluster' });
  });

  it('should be refused with read_only when this user may not write there', async () => {
    await using folder = await makeTempFolder();
    const parent = join(folder.path, 'closed');
    await mkdir(parent);
    await chmod(parent, 0o555);
    const user = await findOrdinaryUser();

    const report = await reportOf({ dataDir: join(parent, 'postgres') }, user);

    expect(report).toMatchObject({ code: 'read_only', message: expect.stringContaining(parent) });
  });
});

describe('a full disk', () => {
  it('should be named when the server cannot come up', async () => {
    await using folder = await makeUsedFolder();
    // Every write to this device fails as on a full disk, and the server writes this file when it starts.
    await rm(join(folder.cluster, 'postmaster.opts'));
    await symlink('/dev/full', join(folder.cluster, 'postmaster.opts'));

    const start = startEmbeddedPostgres({ dataDir: folder.dataDir });

    const message = expect.stringContaining(folder.cluster);
    await expect(start).rejects.toMatchObject({ code: 'disk_full', message });
    expect(await listPrograms(folder.dataDir)).toStrictEqual([]);
  });
});

const mountPoint = await makeTempFolder();
afterAll(() => mountPoint[Symbol.asyncDispose]());

interface Disk {
  readonly name: string;
  readonly megabytes: number;
  readonly setUp: string;
  readonly code: string;
  readonly words: string;
  readonly names: string;
}

/** The cluster needs 40 MB. */
const DISKS: readonly Disk[] = [
  {
    name: 'fills up while the catalog is made',
    megabytes: 20,
    setUp: ':',
    code: 'disk_full',
    words: 'The disk is full',
    names: 'daywatch-postgres.lock',
  },
  {
    name: 'fills up while the last database is made',
    megabytes: 30,
    setUp: ':',
    code: 'disk_full',
    words: 'The disk is full',
    names: 'daywatch-postgres.lock',
  },
  {
    name: 'is full from the beginning',
    megabytes: 1,
    setUp: 'mkdir postgres && { cat /dev/zero >filler 2>&-; true; }',
    code: 'disk_full',
    words: 'The disk is full',
    names: '',
  },
  {
    name: 'is read-only',
    megabytes: 1,
    setUp: 'mkdir postgres && mount -t tmpfs -o ro tmpfs "$0"',
    code: 'read_only',
    words: 'read-only file system',
    names: '',
  },
  {
    name: 'is read-only with the folder in place',
    megabytes: 1,
    setUp:
      'mkdir postgres && mount -t tmpfs tmpfs "$0" && mkdir "$0/postgres" && mount -o bind,remount,ro,nosuid,nodev "$0"',
    code: 'read_only',
    words: 'read-only file system',
    names: '',
  },
];

/** Where no mount is allowed, the tests above stand for these with a device and with permissions. */
const canMount = (await findSmallDisk(mountPoint.path, 1)) !== undefined;

describe('a disk', () => {
  it.each(canMount ? DISKS : [])(
    'that $name should be named, and keep no half of a cluster',
    async (disk) => {
      await using folder = await makeTempFolder();
      const mounted = join(folder.path, 'disk');
      await mkdir(mounted);
      const dataDir = join(mounted, 'postgres');

      const report = await reportOf({ dataDir }, await findSmallDisk(mounted, disk.megabytes, disk.setUp));

      expect(report).toMatchObject({ code: disk.code, message: expect.stringContaining(dataDir) });
      expect(report).toMatchObject({ message: expect.stringContaining(disk.words) });
      expect((await readFile(`${mounted}.names`, 'utf8')).trim()).toBe(disk.names);
    },
  );
});
