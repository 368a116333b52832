import { beginWrite, endWrite } from '../../api/pending-writes.ts';

let last: Promise<unknown> = Promise.resolve();

/**
 * Does one write after the other: the second is made from what the first left, whether or not that was refused.
 * @param onIdle called after the last of those that are on their way.
 */
export function enqueueWrite<T>(work: () => Promise<T>, onIdle: () => void): Promise<T> {
  beginWrite();
  const done = last.then(work).finally(() => {
    if (endWrite()) onIdle();
  });
  last = done.catch(() => {});
  return done;
}

/** Nothing is on its way any more, whatever was added meanwhile. */
export async function settleAllWrites(): Promise<void> {
  let awaited: Promise<unknown> | undefined;
  while (awaited !== last) {
    awaited = last;
    await awaited;
  }
}

/** What is on its way now has been answered. */
export async function settleWrites(): Promise<void> {
  await last;
}
