import { execFile } from 'node:child_process';
import { chmod, mkdir, readlink, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

import { locateBinaries } from '../src/binaries.ts';
import { startEmbeddedPostgres } from '../src/index.ts';
import { findContainerRoot, findOrdinaryUser, findRoot } from './_support/environments.ts';
import { type ChildReport, reportOf } from './_support/run-child.ts';
import { makeTempFolder, makeUsedFolder, removeTemplate } from './_support/temp-folder.ts';

afterAll(removeTemplate);

const run = promisify(execFile);
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

/** Each list is empty where this machine cannot produce the situation; the first test runs everywhere. */
const ordinaryUser = await findOrdinaryUser();
const roots = [await findRoot()].filter((root) => root !== undefined);
const containerRoots = [await findContainerRoot()].filter((root) => root !== undefined);

describe('an ordinary user', () => {
  it('should make a cluster and come back to it', async () => {
    await using folder = await makeTempFolder();
    await chmod(folder.path, 0o777);
    const options = { dataDir: folder.dataDir, durable: false };

    const first = await reportOf(options, ordinaryUser);
    const second = await reportOf(options, ordinaryUser);

    expect([first.kind, second.kind]).toStrictEqual(['ready', 'ready']);
    expect((await stat(folder.cluster)).uid).toBe((await stat(folder.dataDir)).uid);
  });

  it('should run programs whose libraries are not linked and cannot be, for want of permission', async () => {
    await using folder = await makeTempFolder();
    const binariesDir = await copyWithoutLinks(folder.path);
    await chmod(join(binariesDir, 'lib'), 0o555);
    await chmod(folder.path, 0o777);

    const report = await reportOf({ dataDir: folder.dataDir, durable: false, binariesDir }, ordinaryUser);

    expect(report).toMatchObject({ kind: 'ready' });
    await chmod(join(binariesDir, 'lib'), 0o755);
  });
});

describe.each(roots)('root', (...root) => {
  it('should run below a home that nobody else can enter, and leave its files to root', async () => {
    await using folder = await makeTempFolder();
    await chmod(folder.path, 0o700);
    const options = { dataDir: join(folder.path, 'clone/.daywatch/postgres'), durable: false };

    const first = await reportOf(options, root);
    const second = await reportOf(options, root);

    expect([first.kind, second.kind]).toStrictEqual(['ready', 'ready']);
    expect((await stat(join(options.dataDir, 'data'))).uid).toBe(process.getuid?.());
  });
});

describe.each(ordinaryUser[0] === 'setpriv' ? [ordinaryUser] : [])('data of root', (...nobody) => {
  it('should be refused to an ordinary user, by the name of its owner', async () => {
    await using folder = await makeUsedFolder();

    const report = await reportOf({ dataDir: folder.dataDir }, nobody);

    expect(report).toMatchObject({
      code: 'wrong_owner',
      message: expect.stringContaining('belongs to root'),
    });
  });
});

describe.each(isRoot ? [[]] : [])('data of an ordinary user that root starts', () => {
  it('should stay with that user', async () => {
    await using folder = await makeUsedFolder();
    await run('chown', ['-R', `${NOBODY}:${NOBODY}`, folder.dataDir]);

    await using postgres = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });

    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(NOBODY);
    expect((await stat(folder.cluster)).uid).toBe(NOBODY);
  });

  it('should come back to root when that user can no longer enter', async () => {
    await using folder = await makeUsedFolder();
    await run('chown', ['-R', `${NOBODY}:${NOBODY}`, folder.cluster]);
    await chmod(folder.path, 0o700);

    const logged: string[] = [];
    await using postgres = await startEmbeddedPostgres({
      dataDir: folder.dataDir,
      durable: false,
      log: (line) => logged.push(line),
    });

    expect((await stat(`/proc/${postgres.pid}`)).uid).toBe(0);
    expect((await stat(join(folder.cluster, 'base'))).uid).toBe(0);
    expect(logged).toContainEqual(expect.stringContaining(`from user ${NOBODY} to user 0`));
  });
});

describe.each(containerRoots)('root where namespaces are barred', (...root) => {
  it('should run as another user, with data that root made before', async () => {
    await using folder = await makeUsedFolder();

    const report = await reportOf({ dataDir: folder.dataDir, durable: false }, root);

    expect(report.kind).toBe('ready');
    expect((await stat(folder.cluster)).uid).not.toBe(0);
    expect(report.logged).toContainEqual(expect.stringContaining('from user 0 to user'));
  });

  it('should keep the data elsewhere when that user cannot enter, say so, and find it again', async () => {
    await using folder = await makeTempFolder();
    await chmod(folder.path, 0o700);
    const dataDir = join(folder.path, 'clone/postgres');

    const first = await reportOf({ dataDir, durable: false }, root);
    const home = await readlink(join(dataDir, 'elsewhere'));
    const second = await reportOf({ dataDir, durable: false }, root);
    await rm(home, { recursive: true });
    const third = await reportOf({ dataDir, durable: false }, root);

    expect(first.logged).toContainEqual(expect.stringContaining(`Its data is in ${home}`));
    expect([first.kind, second.kind]).toStrictEqual(['ready', 'ready']);
    expect(passwordOf(second)).toBe(passwordOf(first));
    expect(third).toMatchObject({ code: 'not_a_cluster', message: expect.stringContaining(home) });
  });

  it('should copy the programs when that user cannot get to them, once', async () => {
    await using folder = await makeUsedFolder();
    const closed = join(folder.path, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const options = { dataDir: folder.dataDir, durable: false, binariesDir: await copyWithoutLinks(closed) };

    const first = await reportOf(options, root);
    const second = await reportOf(options, root);

    const copied = expect.stringContaining(`cannot enter ${options.binariesDir}`);
    expect([first.kind, second.kind]).toStrictEqual(['ready', 'ready']);
    expect(first.logged).toContainEqual(copied);
    expect(second.logged).not.toContainEqual(copied);
  });

  it('should explain itself when data lies where no other user can enter', async () => {
    await using folder = await makeUsedFolder();
    await chmod(folder.path, 0o700);

    const report = await reportOf({ dataDir: folder.dataDir, durable: false }, root);

    expect(report).toMatchObject({
      code: 'cannot_run_as_root',
      message: expect.stringContaining(folder.dataDir),
    });
  });
});

describe('a bundle of this code', () => {
  it('should find the programs in the node_modules beside it', async () => {
    await using folder = await makeTempFolder();
    const bundle = join(folder.path, 'bin/server.mjs');
    const entry = join(import.meta.dirname, '_support/server-child.ts');
    await build({ entryPoints: [entry], outfile: bundle, bundle: true, platform: 'node', format: 'esm' });
    await symlink(join(import.meta.dirname, '../../../node_modules'), join(folder.path, 'node_modules'));
    const options = JSON.stringify({ dataDir: folder.dataDir, durable: false });

    const running = run(process.execPath, [bundle, options]);
    running.child.stdin?.end();
    const { stdout } = await running;

    expect(JSON.parse(stdout)).toMatchObject({ kind: 'ready' });
  });
});

/** PostgreSQL's programs as npm unpacks them when no install script runs. */
async function copyWithoutLinks(parent: string): Promise<string> {
  const copy = join(parent, 'programs');
  await run('cp', ['-R', '-p', locateBinaries().root, copy]);
  await run('find', [join(copy, 'lib'), '-type', 'l', '-delete']);
  return copy;
}

function passwordOf(report: ChildReport): string | undefined {
  return report.kind === 'ready' ? new URL(report.dsn).password : undefined;
}
