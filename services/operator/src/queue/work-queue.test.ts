import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHandClock } from '../../tests/_support/hand-clock.ts';
import { WorkQueue } from './work-queue.ts';

function makeQueue(options: { readonly minGapMs?: number } = {}) {
  const clock = createHandClock();
  const queue = new WorkQueue({
    clock,
    random: () => 0.999_999,
    firstPauseMs: 100,
    longestPauseMs: 1000,
    ...options,
  });
  const { signal } = new AbortController();
  const taken: string[] = [];
  const take = (): void => void queue.take(signal).then((key) => key !== undefined && taken.push(key));
  return { clock, queue, taken, take };
}

describe('the work queue', () => {
  it('should hand out a key once, however often it was added', async () => {
    const { clock, queue, taken, take } = makeQueue();
    queue.add('a');
    queue.add('a');
    take();
    take();
    await clock.advance(10);
    expect(taken).toEqual(['a']);
  });

  it('should hand out once more what was added while it was in hand, and only then', async () => {
    const { clock, queue, taken, take } = makeQueue();
    queue.add('a');
    take();
    await clock.advance(0);
    queue.add('a');
    queue.add('a');
    take();
    await clock.advance(10);
    expect(taken).toEqual(['a']);
    queue.done('a');
    await clock.advance(0);
    expect(taken).toEqual(['a', 'a']);
  });

  it('should pause twice as long after each failure, up to the longest pause, and begin anew after a success', async () => {
    const { clock, queue, taken, take } = makeQueue();
    queue.add('a');
    const pauses: number[] = [];
    for (let i = 0; i < 6; i++) {
      take();
      const beganMs = clock.elapsed();
      while (taken.length <= i) await clock.advance(1);
      pauses.push(clock.elapsed() - beganMs);
      if (i < 5) queue.fail('a');
    }
    expect(pauses).toEqual([1, 101, 201, 401, 801, 1001].map((ms) => ms - 1 || 1));
    queue.done('a');
    expect(queue.failures('a')).toBe(0);
  });

  it('should not keep a change waiting for the pause after a failure', async () => {
    const { clock, queue, taken, take } = makeQueue();
    queue.add('a');
    take();
    await clock.advance(0);
    queue.fail('a', 60_000);
    queue.add('a');
    take();
    await clock.advance(0);
    expect(taken).toEqual(['a', 'a']);
  });

  it('should let a flurry of changes be one piece of work', async () => {
    const { clock, queue, taken, take } = makeQueue({ minGapMs: 50 });
    queue.add('a');
    take();
    await clock.advance(0);
    queue.done('a');
    for (let i = 0; i < 10; i++) queue.add('a');
    take();
    await clock.advance(49);
    expect(taken).toEqual(['a']);
    await clock.advance(1);
    expect(taken).toEqual(['a', 'a']);
  });

  it('should not let a key that always wants something keep out the others', async () => {
    const { clock, queue, taken, take } = makeQueue();
    for (const key of ['busy', 'b', 'c']) queue.add(key);
    for (let i = 0; i < 3; i++) {
      take();
      await clock.advance(0);
      const key = taken.at(-1) as string;
      queue.add('busy');
      queue.done(key);
    }
    expect(taken).toEqual(['busy', 'b', 'c']);
  });

  it('should give up waiting when the signal is aborted', async () => {
    const { queue } = makeQueue();
    const stopping = new AbortController();
    const taking = queue.take(stopping.signal);
    stopping.abort();
    expect(await taking).toBeUndefined();
    expect(await queue.take(stopping.signal)).toBeUndefined();
  });

  it('should never have a key in two hands, and never forget one that was added', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), key: fc.constantFrom('a', 'b', 'c') }),
      fc.record({ kind: fc.constant('end' as const), isDone: fc.boolean() }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 500 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { clock, queue } = makeQueue({ minGapMs: 20 });
        const { signal } = new AbortController();
        const inHand: string[] = [];
        const due = new Set<string>();
        const serve = async (): Promise<void> => {
          const key = await queue.take(signal);
          if (key === undefined) return;
          expect(inHand).not.toContain(key);
          inHand.push(key);
          due.delete(key);
        };
        for (let i = 0; i < 100; i++) void serve();
        for (const each of steps) {
          if (each.kind === 'add') {
            due.add(each.key);
            queue.add(each.key);
          } else if (each.kind === 'wait') await clock.advance(each.ms);
          else {
            const key = inHand.shift();
            if (key !== undefined && each.isDone) queue.done(key);
            else if (key !== undefined) queue.fail(key);
          }
        }
        while (inHand.length > 0) {
          queue.done(inHand.shift() as string);
          await clock.advance(2000);
        }
        await clock.advance(2000);
        expect([...due]).toEqual([]);
      }),
    );
  });
});
