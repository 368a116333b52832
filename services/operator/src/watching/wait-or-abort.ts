import type { Clock } from '@daywatch/monitor';

/** Waits so long, or until the signal is aborted. */
export function waitOrAbort(
  clock: Pick<Clock, 'setTimer'>,
  delayMs: number,
  signal: AbortSignal,
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (signal.aborted) return Promise.resolve();
  const cancel = clock.setTimer(() => {
    signal.removeEventListener('abort', end);
    resolve();
  }, delayMs);
  const end = (): void => {
    cancel();
    resolve();
  };
  signal.addEventListener('abort', end, { once: true });
  return promise;
}
