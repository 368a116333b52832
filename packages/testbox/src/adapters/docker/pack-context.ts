import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import ignoreModule from '@balena/dockerignore';
import { pack, type PackOptions } from 'tar-fs';
import { TestboxError } from '../../errors.ts';

export interface PackedContext {
  readonly tar: Readable;
  /** The name of the Dockerfile in it. */
  readonly dockerfile: string;
}

// A module of CommonJS, whose types tell of another default than there is.
const dockerIgnore = ignoreModule as unknown as typeof ignoreModule.default;

/** A name that no context has. */
export const FOREIGN_DOCKERFILE = '.dockerfile.testbox';

/** Packs what a build sees: the folder without what .dockerignore names, and the Dockerfile, wherever it lies. */
export async function packContext(folder: string, dockerfile: string): Promise<PackedContext> {
  const text = await readFile(dockerfile).catch((error: unknown) => {
    throw new TestboxError('unreadable_file', `the Dockerfile ${dockerfile} cannot be read`, {
      cause: error,
    });
  });
  const wanted = await listWanted(folder, dockerfile);
  // Sent as an entry of its own: it may lie elsewhere, and may be ignored.
  const options: PackOptions & { readonly umask: number } = {
    ignore: (path) => !wanted.has(relative(folder, path)),
    // As Docker's own client does: who owns a file here means nothing there.
    map: (header) => ({ ...header, uid: 0, gid: 0 }),
    umask: 0,
    finalize: false,
    finish: (tar) => void tar.entry({ name: FOREIGN_DOCKERFILE }, text, () => tar.finalize()),
  };
  return { tar: pack(folder, options), dockerfile: FOREIGN_DOCKERFILE };
}

/** The paths of files and folders that go along. */
async function listWanted(folder: string, dockerfile: string): Promise<ReadonlySet<string>> {
  const rules = await readRules(folder, dockerfile);
  const filter = dockerIgnore({ ignorecase: false }).add(rules).createFilter();
  // With exceptions (!path), what is wanted may lie in a folder that is not.
  const hasExceptions = /^\s*!/m.test(rules);
  const wanted = new Set<string>();
  async function walk(path: string): Promise<void> {
    const entries = await readdir(join(folder, path), { withFileTypes: true });
    for (const entry of entries) {
      const child = join(path, entry.name);
      const isWanted = filter(child.split(sep).join('/'));
      if (isWanted) addWithParents(wanted, child);
      if (entry.isDirectory() && (isWanted || hasExceptions)) await walk(child);
    }
  }
  await walk('').catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new TestboxError('unreadable_file', `the folder ${folder} of the build cannot be read: ${reason}`, {
      cause: error,
    });
  });
  return wanted;
}

function addWithParents(wanted: Set<string>, path: string): void {
  for (let each = path; each !== '.' && !wanted.has(each); each = dirname(each)) wanted.add(each);
}

/** A Dockerfile may have rules of its own, beside it. */
async function readRules(folder: string, dockerfile: string): Promise<string> {
  const own = join(dirname(dockerfile), `${basename(dockerfile)}.dockerignore`);
  for (const file of [own, join(folder, '.dockerignore')]) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text !== undefined) return text;
  }
  return '';
}
