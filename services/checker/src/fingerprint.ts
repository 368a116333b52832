import { statSync } from 'node:fs';

/** What changes with a file, also where it is put in its place by a rename or lies behind a link. Never throws. */
export function fingerprint(path: string): string {
  try {
    const { dev, ino, size, mtimeMs } = statSync(path);
    return [dev, ino, size, mtimeMs].join();
  } catch (error) {
    return `unreachable: ${(error as NodeJS.ErrnoException).code}`;
  }
}
