import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { TestboxError } from '../../errors.ts';
import type { WorkingFolder } from '../../run/run-parts.ts';

/** The folder that the paths of a test file start from. */
export function createWorkingFolder(folder: string): WorkingFolder {
  return {
    resolve: (path) => resolve(folder, path),
    async findDockerfile(path) {
      const named = resolve(folder, path);
      const file = (await isFolder(named)) ? join(named, 'Dockerfile') : named;
      return { file, folder: dirname(file) };
    },
    async read(path) {
      try {
        return await readFile(resolve(folder, path));
      } catch (error) {
        throw new TestboxError('unreadable_file', `the file ${resolve(folder, path)} cannot be read`, {
          cause: error,
        });
      }
    },
  };
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isDirectory(),
    () => false,
  );
}
