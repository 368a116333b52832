import { execFile } from 'node:child_process';
import { cp, mkdir, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

export const ROOT = resolve(import.meta.dirname, '../../..');

/** What lies about in the folder of somebody who works on Daywatch, and must never get into an image. */
export const LITTER = ['.daywatch/token', '.env.local', 'services/gometr/secret.log'] as const;

/** A copy of the repository as a clone has it, and the litter in it. @param folder a new one */
export async function checkOut(folder: string): Promise<void> {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await promisify(execFile)('git', list, { cwd: ROOT, maxBuffer: 2 ** 24 });
  for (const file of stdout.split('\0')) {
    // Removed, and not committed yet.
    if (file === '' || !existsSync(join(ROOT, file))) continue;
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await cp(join(ROOT, file), join(folder, file));
  }
  for (const file of LITTER) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), 'litter\n');
  }
}
