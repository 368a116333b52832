import type { HealthCheck } from '@daywatch/service-kit/health';
import { judgeRise } from './judge.ts';

export interface EventLoopLimits {
  /** Milliseconds from which on the finding is `warn`, and `fail`. */
  readonly event_loop_lag_warn: number;
  readonly event_loop_lag_fail: number;
}

const EVERY_MS = 50;

/** Watches how late a timer comes; the check tells the longest delay since it was last asked. */
export function watchEventLoop(limits: EventLoopLimits): HealthCheck & Disposable {
  let longestMs = 0;
  let lastMs = performance.now();
  const tick = (): void => {
    const nowMs = performance.now();
    longestMs = Math.max(longestMs, nowMs - lastMs - EVERY_MS);
    lastMs = nowMs;
  };
  const timer = setInterval(tick, EVERY_MS).unref();
  return {
    name: 'event_loop',
    componentType: 'system',
    isNeededForReadiness: false,
    check: () => {
      // The question may come before the timer that is late; a delay that is told once is not told again.
      longestMs = Math.max(longestMs, performance.now() - lastMs - EVERY_MS);
      const observed = Math.round(longestMs);
      longestMs = 0;
      lastMs = Math.max(lastMs, performance.now() - EVERY_MS);
      return judgeRise({
        observed,
        unit: 'ms',
        warnFrom: limits.event_loop_lag_warn,
        failFrom: limits.event_loop_lag_fail,
        describe: (value, limit) =>
          `the event loop was ${value} ms late; from ${limit} ms on that is too much`,
      });
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
