import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';

import { hasErrno } from './errors.ts';

/** A line of `pg-symlinks.json`. Both paths begin in the package's folder, with `native/`. */
interface Link {
  /** The file that is there. */
  readonly source: string;
  /** The other name that it needs. */
  readonly target: string;
}

/**
 * Makes the links between libraries that npm cannot pack (`libpq.so.5` and the like) in the folder `root`. Its
 * `pg-symlinks.json` lists them; the package's own install script would make them, but this project runs none.
 *
 * Where `root` cannot be written to, they are made in `fallbackDir`, and what is returned is the `LD_LIBRARY_PATH` that
 * the programs then need. Several processes may do this at once.
 */
export async function linkLibraries(root: string, fallbackDir: string): Promise<string | undefined> {
  const links = await readLinks(root);
  const inPackage = (path: string): string => join(root, '..', path);
  // A folder that was copied may hold whole files under these names, which is as good.
  const missing = links.filter((link) => !existsSync(inPackage(link.target)));
  if (missing.length === 0) return undefined;
  try {
    for (const { source, target } of missing) {
      await replaceLink(relative(dirname(target), source), inPackage(target));
    }
    return undefined;
  } catch (error) {
    if (!hasErrno(error, 'EROFS', 'EACCES', 'EPERM')) throw error;
  }
  await rm(fallbackDir, { recursive: true, force: true });
  await mkdir(fallbackDir, { mode: 0o755 });
  for (const { source, target } of links) {
    await replaceLink(inPackage(source), join(fallbackDir, basename(target)));
  }
  // The linked libraries look for others beside themselves, which is now the folder with the links.
  return `${fallbackDir}:${join(root, 'lib')}`;
}

async function readLinks(root: string): Promise<readonly Link[]> {
  const links = await readFile(join(root, 'pg-symlinks.json'), 'utf8').catch((error: unknown) => {
    // A PostgreSQL from elsewhere has its links already and no such list.
    if (hasErrno(error, 'ENOENT')) return '[]';
    throw error;
  });
  // The paths in the list say `native`, whatever the folder is called where it lies now.
  return (JSON.parse(links) as readonly Link[]).map(({ source, target }) => ({
    source: source.replace(/^native\b/, basename(root)),
    target: target.replace(/^native\b/, basename(root)),
  }));
}

/** Puts a link in place in one step, over a broken one too, so that nobody ever sees it missing again. */
async function replaceLink(content: string, path: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  await symlink(content, temporary);
  await rename(temporary, path);
}
