import { describe, expect, it } from 'vitest';
import type { Logger } from '../log/index.ts';
import { backoffDelaysMs } from './backoff.ts';
import { retryUntilAvailable } from './retry-until-available.ts';

describe('retryUntilAvailable', () => {
  it('should log each change of state once, however many tries it takes', async () => {
    const { lines, logger } = collectLines();
    const outcomes = ['refused', 'refused', 'refused', 'starting', 'starting', 'ok'];

    const result = await retryUntilAvailable({
      name: 'database',
      attempt: () => {
        const outcome = outcomes.shift();
        return outcome === 'ok' ? Promise.resolve(42) : Promise.reject(new Error(outcome));
      },
      signal: new AbortController().signal,
      logger,
      firstMs: 1,
      maxMs: 1,
    });

    expect(result).toBe(42);
    expect(lines).toEqual([
      'warn database: not available, waiting for it: refused',
      'warn database: not available, waiting for it: starting',
      expect.stringMatching(/^info database: available again after \d+\.\d s$/),
    ]);
  });

  it('should log nothing when the first try works', async () => {
    const { lines, logger } = collectLines();

    await retryUntilAvailable({
      name: 'x',
      attempt: () => Promise.resolve(),
      signal: new AbortController().signal,
      logger,
    });

    expect(lines).toEqual([]);
  });

  it('should throw at once what time will not heal', async () => {
    const tries: number[] = [];
    const running = retryUntilAvailable({
      name: 'x',
      attempt: () => {
        tries.push(1);
        return Promise.reject(new Error('wrong password'));
      },
      isTemporary: () => false,
      signal: new AbortController().signal,
      logger: collectLines().logger,
    });

    await expect(running).rejects.toThrow('wrong password');
    expect(tries).toHaveLength(1);
  });

  it('should end with the reason of its signal while it waits', async () => {
    const stop = new AbortController();
    const running = retryUntilAvailable({
      name: 'x',
      attempt: () => Promise.reject(new Error('down')),
      signal: stop.signal,
      logger: collectLines().logger,
      firstMs: 60_000,
      maxMs: 60_000,
    });
    stop.abort(new Error('the process stops'));

    await expect(running).rejects.toThrow('the process stops');
  });
});

describe('backoffDelaysMs', () => {
  it('should double up to its maximum, within the upper half of each step', () => {
    const low = backoffDelaysMs({ firstMs: 100, maxMs: 1000, random: () => 0 });
    const high = backoffDelaysMs({ firstMs: 100, maxMs: 1000, random: () => 0.999 });

    expect(low.take(6).toArray()).toEqual([50, 100, 200, 400, 500, 500]);
    expect(high.take(6).toArray().map(Math.round)).toEqual([100, 200, 400, 800, 1000, 1000]);
  });
});

function collectLines(): { readonly lines: string[]; readonly logger: Logger } {
  const lines: string[] = [];
  const take = (level: string) => (message: string) => void lines.push(`${level} ${message}`);
  return { lines, logger: { warn: take('warn'), info: take('info') } as unknown as Logger };
}
