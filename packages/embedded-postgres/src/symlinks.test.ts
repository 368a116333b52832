import { mkdir, mkdtemp, readFile, readdir, readlink, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { linkLibraries } from './symlinks.ts';

describe('linkLibraries', () => {
  let folder = '';
  let root = '';
  let lib = '';

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'daywatch-links-'));
    root = join(folder, 'renamed');
    lib = join(root, 'lib');
    await mkdir(lib, { recursive: true });
    await writeFile(join(lib, 'libpq.so.5.18'), 'library');
    await writeFile(
      join(root, 'pg-symlinks.json'),
      JSON.stringify([
        { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
        { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
      ]),
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('should make relative links, so that the folder can be moved', async () => {
    const libraryPath = await linkLibraries(root, join(folder, 'fallback'));

    expect(libraryPath).toBeUndefined();
    expect(await readlink(join(lib, 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(lib, 'libpq.so'), 'utf8')).toBe('library');
  });

  it('should bear to be called many times at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => linkLibraries(root, join(folder, 'fallback'))));

    expect((await readdir(lib)).toSorted()).toStrictEqual(['libpq.so', 'libpq.so.5', 'libpq.so.5.18']);
  });

  it('should repair a link that leads nowhere, and leave a copied file alone', async () => {
    await symlink('/gone/libpq.so.5.18', join(lib, 'libpq.so.5'));
    await writeFile(join(lib, 'libpq.so'), 'copied');

    await linkLibraries(root, join(folder, 'fallback'));

    expect(await readlink(join(lib, 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(await readFile(join(lib, 'libpq.so'), 'utf8')).toBe('copied');
  });

  it('should do nothing for programs that came without a list', async () => {
    await rm(join(root, 'pg-symlinks.json'));

    const libraryPath = await linkLibraries(root, join(folder, 'fallback'));

    expect(libraryPath).toBeUndefined();
    expect(await readdir(lib)).toStrictEqual(['libpq.so.5.18']);
  });
});
