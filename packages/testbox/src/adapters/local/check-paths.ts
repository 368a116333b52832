import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Fault } from '../../file/fault.ts';
import type { NamedPath } from '../../file/list-paths.ts';

const ALLOWED = {
  dockerfile: 'a Dockerfile, or the folder that it lies in',
  folder: 'a folder',
  file: 'a file',
} as const satisfies Readonly<Record<NamedPath['kind'], string>>;

/** The faults of those paths that lead to nothing, or to something else. @param folder the working directory */
export async function checkPaths(paths: readonly NamedPath[], folder: string): Promise<readonly Fault[]> {
  const checked = paths.map(async ({ kind, path, key, line, column }) => {
    const problem = await findProblem(kind, resolve(folder, path));
    if (problem === undefined) return [];
    return [
      {
        key,
        line,
        column,
        found: `found '${path}', ${problem}`,
        allowed: `${ALLOWED[kind]}, from ${folder}`,
      },
    ];
  });
  return (await Promise.all(checked)).flat();
}

async function findProblem(kind: NamedPath['kind'], path: string): Promise<string | undefined> {
  const found = await lookAt(path);
  if (kind === 'dockerfile' && found === 'folder') {
    const inside = await lookAt(join(path, 'Dockerfile'));
    return inside === 'file' ? undefined : 'a folder without a Dockerfile';
  }
  const wanted = kind === 'folder' ? 'folder' : 'file';
  if (found === wanted) return undefined;
  if (found === 'file' || found === 'folder') return `which is a ${found}`;
  return found;
}

/** `file`, `folder`, or why it is neither. */
async function lookAt(path: string): Promise<string> {
  try {
    const facts = await stat(path);
    return facts.isDirectory() ? 'folder' : 'file';
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'but there is no such thing';
    return `which cannot be looked at (${code})`;
  }
}
