import type { Clock } from '@daywatch/monitor';

/** A clock that is turned by hand. */
export interface HandClock extends Clock {
  /** Moves on, calls back what is due on the way, and lets what follows from it happen. */
  readonly advance: (ms: number) => Promise<void>;
  /** Moves on while nothing of the process runs: no callback, no promise. What was due is called back at the next move. */
  readonly skip: (ms: number) => void;
}

export function createHandClock(startMs = Date.UTC(2030, 0, 1)): HandClock {
  let elapsedMs = 0;
  let timers: { readonly atMs: number; readonly callback: () => void }[] = [];
  const settle = async (): Promise<void> => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
  };
  return {
    now: () => startMs + elapsedMs,
    elapsed: () => elapsedMs,
    setTimer(callback, delayMs) {
      const timer = { atMs: elapsedMs + delayMs, callback };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    skip(ms) {
      elapsedMs += ms;
    },
    async advance(ms) {
      const untilMs = elapsedMs + ms;
      await settle();
      for (;;) {
        const next = timers.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        elapsedMs = Math.max(elapsedMs, next.atMs);
        next.callback();
        await settle();
      }
      elapsedMs = untilMs;
      await settle();
    },
  };
}
