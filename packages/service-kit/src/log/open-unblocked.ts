import { constants, fstatSync, openSync } from 'node:fs';

/**
 * A descriptor for the same output whose writes never block. A write that blocks would hold a thread for as long
 * as the reader stalls, and the process could not even exit, since that waits for its threads. To open a pipe
 * anew leaves the flags of the given descriptor alone, which other processes may share. A socket (systemd's
 * journal) cannot be opened anew; Node makes it non-blocking when `process.stdout` is first used, and puts it
 * back at exit. Files and terminals are returned as they are.
 */
export function openUnblocked(fd: number): number {
  try {
    const kind = fstatSync(fd);
    if (kind.isSocket() && fd === 1) return process.stdout.fd;
    return kind.isFIFO() ? openSync(`/proc/self/fd/${fd}`, constants.O_WRONLY | constants.O_NONBLOCK) : fd;
  } catch {
    return fd;
  }
}
