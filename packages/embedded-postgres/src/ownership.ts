import { chmod, lchown, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { wrongOwner } from './errors.ts';
import type { RunAs } from './run-as.ts';

/**
 * Makes the cluster belong to the user that will run it, which root can do when an earlier start was run in another
 * way. Throws `wrong_owner` when we are not root. PostgreSQL also insists that nobody else can look in.
 */
export async function settleOwnership(
  cluster: string,
  runAs: RunAs,
  log?: (line: string) => void,
): Promise<void> {
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const wanted = runAs.kind === 'user' ? runAs : self;
  const found = await stat(cluster);
  if (found.uid !== wanted.uid) {
    if (self.uid !== 0) throw wrongOwner(cluster, found.uid);
    log?.(`Giving ${cluster} from user ${found.uid} to user ${wanted.uid}, who runs PostgreSQL now.`);
    await chownTree(cluster, wanted.uid, wanted.gid);
  }
  if ((found.mode & 0o077) !== 0) await chmod(cluster, 0o700);
}

/** The folder itself comes last, so that an interrupted run is seen and done again. */
async function chownTree(folder: string, uid: number, gid: number): Promise<void> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    await (entry.isDirectory() ? chownTree(path, uid, gid) : lchown(path, uid, gid));
  }
  await lchown(folder, uid, gid);
}
