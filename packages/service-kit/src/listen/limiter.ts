/** Too much is being worked on and waiting already. Expected under load: the client should come back later. */
export class OverloadedError extends Error {
  override readonly name = 'OverloadedError';
  readonly code = 'rate_limited';
  readonly retryAfterSeconds = 1;
}

export interface LimiterOptions {
  /** So many hold a place at once. */
  readonly maxRunning: number;
  /** So many more may wait for one. */
  readonly maxWaiting: number;
}

/**
 * Places for work, and a bounded line of those who wait for one, first come first served. One limiter is
 * shared by all protocols of a process. Every place that was taken is given back with `release`.
 */
export interface Limiter {
  /** Takes a place if one is free and nobody waits; the cheap way, to be tried first. */
  readonly tryAcquire: () => boolean;
  /**
   * Takes a place, or waits for one.
   * @throws OverloadedError when the line is full, and the reason of `signal` when that is aborted meanwhile.
   */
  readonly acquire: (signal: AbortSignal) => Promise<void>;
  /** Gives a place back, to the one who has waited longest. */
  readonly release: () => void;
  readonly running: () => number;
  readonly waiting: () => number;
}

export function createLimiter(options: LimiterOptions): Limiter {
  const { maxRunning, maxWaiting } = options;
  /** In the order in which they came; a set, so that one who gives up leaves without a search. */
  const line = new Set<() => void>();
  let running = 0;

  const tryAcquire = (): boolean => {
    if (running >= maxRunning) return false;
    running++;
    return true;
  };
  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const giveUp = (): void => {
        line.delete(enter);
        reject(signal.reason as Error);
      };
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      line.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  return {
    tryAcquire,
    acquire: async (signal) => {
      signal.throwIfAborted();
      if (tryAcquire()) return;
      if (line.size >= maxWaiting) {
        throw new OverloadedError(
          `${running} requests are being worked on and ${line.size} wait; no more are taken for now; try again in a second`,
        );
      }
      await wait(signal);
    },
    release: () => {
      const [next] = line;
      if (next === undefined) {
        running--;
        return;
      }
      // The place goes from hand to hand: nobody who comes later can take it in between.
      line.delete(next);
      next();
    },
    running: () => running,
    waiting: () => line.size,
  };
}
