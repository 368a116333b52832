import type { Clock } from '../checker/clock.ts';

/** Waits for things, and no longer once it was told to come to an end. */
export interface Waiter {
  readonly hasEnded: boolean;
  pause(ms: number): Promise<void>;
  /** Until `wake` is called. */
  untilWoken(): Promise<void>;
  wake(): void;
  /**
   * Work that is left to itself where it takes too long.
   * @throws WaitTimeoutError
   */
  atMost<T>(ms: number, work: () => Promise<T>): Promise<T>;
  /** Ends all pauses; work may go on for so long. */
  end(drainMs: number): void;
}

export function createWaiter(clock: Clock): Waiter {
  const ended = Promise.withResolvers<void>();
  let endMs = Infinity;
  let woken = Promise.withResolvers<void>();
  /** Sets the time limits of what runs anew. */
  const limits = new Set<() => void>();

  return {
    get hasEnded() {
      return endMs !== Infinity;
    },
    async pause(ms) {
      if (endMs !== Infinity) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const cancel = clock.setTimer(resolve, ms);
      await Promise.race([promise, ended.promise]);
      cancel();
    },
    untilWoken: () => Promise.race([woken.promise, ended.promise]),
    wake() {
      woken.resolve();
      woken = Promise.withResolvers();
    },
    async atMost(ms, work) {
      const begunMs = clock.elapsed();
      const { promise: late, reject } = Promise.withResolvers<never>();
      let cancel: () => void = () => undefined;
      const setLimit = (): void => {
        cancel();
        const leftMs = Math.max(0, Math.min(begunMs + ms, endMs) - clock.elapsed());
        cancel = clock.setTimer(() => reject(new WaitTimeoutError(clock.elapsed() - begunMs)), leftMs);
      };
      setLimit();
      limits.add(setLimit);
      const working = work();
      // It is not waited for any longer then, and its failure is nobody's.
      working.catch(() => undefined);
      try {
        return await Promise.race([working, late]);
      } finally {
        limits.delete(setLimit);
        cancel();
      }
    },
    end(drainMs) {
      endMs = Math.min(endMs, clock.elapsed() + drainMs);
      ended.resolve();
      for (const setLimit of limits) setLimit();
    },
  };
}

/** The database did not answer in time. */
class WaitTimeoutError extends Error {
  override readonly name = 'WaitTimeoutError';
  readonly code = 'wait_timeout';

  constructor(waitedMs: number) {
    super(`the database has not answered within ${Math.round(waitedMs)} ms`);
  }
}
