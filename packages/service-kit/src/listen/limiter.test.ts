import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter, OverloadedError } from './limiter.ts';

const { signal } = new AbortController();

describe('createLimiter', () => {
  it('should let those in line in, first come first served', async () => {
    const limiter = createLimiter({ maxRunning: 1, maxWaiting: 2 });
    const entered: string[] = [];
    await limiter.acquire(signal);
    const waiting = ['a', 'b'].map((name) => limiter.acquire(signal).then(() => entered.push(name)));

    limiter.release();
    await waiting[0];
    expect(entered).toEqual(['a']);
    limiter.release();
    await waiting[1];

    expect(entered).toEqual(['a', 'b']);
    expect([limiter.running(), limiter.waiting()]).toEqual([1, 0]);
  });

  it('should refuse who finds the line full', async () => {
    const limiter = createLimiter({ maxRunning: 1, maxWaiting: 0 });
    await limiter.acquire(signal);

    await expect(limiter.acquire(signal)).rejects.toThrow(OverloadedError);
  });

  it('should let who gives up leave the line', async () => {
    const limiter = createLimiter({ maxRunning: 1, maxWaiting: 1 });
    const impatient = new AbortController();
    await limiter.acquire(signal);
    const waiting = limiter.acquire(impatient.signal);
    impatient.abort(new Error('too long'));

    await expect(waiting).rejects.toThrow('too long');
    limiter.release();
    expect([limiter.running(), limiter.waiting()]).toEqual([0, 0]);
  });

  it('should never have more inside than allowed, nor lose a place', async () => {
    const action = fc.constantFrom('enter', 'leave', 'give up');
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(action, { maxLength: 60 }),
        async (max, actions) => {
          const limiter = createLimiter({ maxRunning: max, maxWaiting: 5 });
          const waiting: AbortController[] = [];
          let inside = 0;
          for (const act of actions) {
            if (act === 'enter') {
              const mine = new AbortController();
              waiting.push(mine);
              void limiter.acquire(mine.signal).then(
                () => inside++,
                () => {},
              );
            } else if (act === 'give up') waiting.pop()?.abort(new Error('bored'));
            else if (inside > 0) {
              inside--;
              limiter.release();
            }
            await new Promise(setImmediate);
            expect(limiter.running()).toBe(inside);
            expect(inside).toBeLessThanOrEqual(max);
          }
        },
      ),
    );
  });
});
