import { mkdir, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { existsSync } from 'node:fs';

import { hasErrno } from './errors.ts';

interface Link {
  readonly source: string;
  readonly target: string;
}

/**
 * Makes the links between libraries that npm cannot pack (`libpq.so.5` and the like). The package lists them in
 * `pg-symlinks.json` and makes them when npm runs install scripts, which this project does not allow.
 *
 * Where the package cannot be written to, the links are made in `fallbackDir` and its path is returned: the programs
 * then need it as `LD_LIBRARY_PATH`. Several processes may do this at once: a link that is there already is right.
 */
export async function linkLibraries(root: string, fallbackDir: string): Promise<string | undefined> {
  const missing = (await readLinks(root)).filter((link) => !existsSync(join(root, '..', link.target)));
  if (missing.length === 0) return undefined;
  try {
    for (const { source, target } of missing) {
      await linkOnce(relative(dirname(target), source), join(root, '..', target));
    }
    return undefined;
  } catch (error) {
    if (!hasErrno(error, 'EROFS', 'EACCES', 'EPERM')) throw error;
  }
  await mkdir(fallbackDir, { recursive: true, mode: 0o755 });
  for (const { source, target } of missing) {
    await linkOnce(join(root, '..', source), join(fallbackDir, basename(target)));
  }
  return fallbackDir;
}

async function readLinks(root: string): Promise<readonly Link[]> {
  try {
    return JSON.parse(await readFile(join(root, 'pg-symlinks.json'), 'utf8')) as readonly Link[];
  } catch (error) {
    if (hasErrno(error, 'ENOENT')) return [];
    throw error;
  }
}

async function linkOnce(content: string, path: string): Promise<void> {
  try {
    await symlink(content, path);
  } catch (error) {
    if (!hasErrno(error, 'EEXIST')) throw error;
  }
}
