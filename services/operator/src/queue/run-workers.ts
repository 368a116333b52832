import type { Logger } from '@daywatch/service-kit/log';
import { isClusterError } from '../cluster/cluster-error.ts';
import type { WorkQueue } from './work-queue.ts';

/** What came of working on an object once. */
export interface Outcome {
  /** When it should be looked at again, whatever happens until then. */
  readonly againAfterMs?: number;
}

export interface WorkersOptions {
  /** What is worked on, in metrics and the log: `daywatch`. */
  readonly name: string;
  readonly queue: WorkQueue;
  readonly count: number;
  /** Brings one object to where it should be. Throws what another try may heal. */
  readonly work: (key: string, signal: AbortSignal) => Promise<Outcome>;
  /** Told how each piece of work ended, and how long it took. */
  readonly observe: (result: 'done' | 'failed', elapsedMs: number) => void;
  readonly elapsed: () => number;
  readonly logger: Logger;
}

/** Works until the signal is aborted, and resolves when nothing is in hand any more. What fails is tried again. */
export async function runWorkers(options: WorkersOptions, signal: AbortSignal): Promise<void> {
  await Promise.all(Array.from({ length: options.count }, () => runWorker(options, signal)));
}

async function runWorker(options: WorkersOptions, signal: AbortSignal): Promise<void> {
  const { queue } = options;
  for (;;) {
    const key = await queue.take(signal);
    if (key === undefined) return;
    await workOn(options, key, signal);
  }
}

async function workOn(options: WorkersOptions, key: string, signal: AbortSignal): Promise<void> {
  const { name, queue, work, observe, elapsed, logger } = options;
  const beganMs = elapsed();
  try {
    const { againAfterMs } = await work(key, signal);
    queue.done(key);
    if (againAfterMs !== undefined) queue.addAfter(key, againAfterMs);
    observe('done', elapsed() - beganMs);
  } catch (error) {
    queue.fail(key, isClusterError(error) ? error.retryAfterMs : undefined);
    if (signal.aborted) return;
    observe('failed', elapsed() - beganMs);
    // Somebody else was faster: that is no news, and the next try sees what they wrote.
    const level = isClusterError(error, 'conflict') ? 'debug' : 'warn';
    logger[level](
      { err: error, failures: queue.failures(key) },
      `${name} ${key}: not done, it is tried again`,
    );
  }
}
