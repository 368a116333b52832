import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';

/** A folder that another process of this machine uses. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly code = 'folder_in_use';

  constructor(folder: string) {
    super(`another process uses the folder ${folder}: each checker needs one of its own`);
  }
}

/**
 * Keeps other processes out of a folder until it is disposed of, or the process dies in whatever way: the kernel forgets a
 * name of Linux' abstract sockets with its owner, which it does not do with files.
 * @throws FolderInUseError
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex')
    .slice(0, 32);
  const server = createServer((socket) => socket.destroy()).unref();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new FolderInUseError(folder) : error);
    });
    server.listen(`\0daywatch-${name}`, resolve);
  });
  return {
    [Symbol.asyncDispose]: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
