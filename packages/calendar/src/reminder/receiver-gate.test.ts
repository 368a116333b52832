import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createReceiverGate, type Admission, type ReceiverGate } from './receiver-gate.ts';

/** Who came through the gate, and how it was sent away else. */
describe('the gate of receivers', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const openGate = (maxPerUser: number): ReceiverGate =>
    createReceiverGate({ maxPerUser, longestMs: 60_000, now: () => Date.now() });

  const turn = async (gate: ReceiverGate, user: string): Promise<Extract<Admission, { kind: 'turn' }>> => {
    const admission = await gate.enter(user);
    if (admission.kind !== 'turn') throw new Error(`sent away for ${admission.afterMs} ms`);
    return admission;
  };

  it('should let so many of one user in, and the next when one of them is through', async () => {
    const gate = openGate(2);
    const [first] = [await turn(gate, 'ann'), await turn(gate, 'ann')];
    let isIn = false;
    const third = turn(gate, 'ann').then((admission) => ((isIn = true), admission));
    await vi.advanceTimersByTimeAsync(500);
    expect(isIn).toBe(false);
    first.end(true);

    await third;
    expect(isIn).toBe(true);
  });

  it('should let others in meanwhile', async () => {
    const gate = openGate(1);
    await turn(gate, 'ann');

    await turn(gate, 'bob');
  });

  it('should send away who has waited for a second, and at once who comes after it', async () => {
    const gate = openGate(1);
    await turn(gate, 'ann');
    const second = gate.enter('ann');
    await vi.advanceTimersByTimeAsync(1_000);

    expect(await second).toEqual({ kind: 'later', afterMs: 1_000 });
    expect(await gate.enter('ann')).toEqual({ kind: 'later', afterMs: 1_010 });
    expect(await gate.enter('ann')).toEqual({ kind: 'later', afterMs: 1_020 });
  });

  it('should send nobody away for longer than is allowed', async () => {
    const gate = openGate(1);
    await turn(gate, 'ann');
    await vi.advanceTimersByTimeAsync(1_000);
    let last: Admission | undefined;
    for (let i = 0; i < 7_000; i++) last = await gate.enter('ann');

    expect(last).toEqual({ kind: 'later', afterMs: 60_000 });
  });

  it('should try a receiver that fails one at a time, until it answers', async () => {
    const gate = openGate(3);
    (await turn(gate, 'ann')).end(false);
    const probe = await turn(gate, 'ann');
    const next = gate.enter('ann');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await next).toMatchObject({ kind: 'later' });
    probe.end(true);

    await turn(gate, 'ann');
    await turn(gate, 'ann');
    await turn(gate, 'ann');
  });

  it('should not judge a receiver that was not asked', async () => {
    const gate = openGate(2);
    (await turn(gate, 'ann')).end(false);
    (await turn(gate, 'ann')).end();
    await turn(gate, 'ann');
    const next = gate.enter('ann');
    await vi.advanceTimersByTimeAsync(1_000);

    expect(await next).toMatchObject({ kind: 'later' });
  });

  it('should answer everybody, and never let more in than it may', async () => {
    const steps = fc.array(
      fc.record({
        user: fc.constantFrom('ann', 'bob'),
        takesMs: fc.integer({ min: 0, max: 3_000 }),
        answer: fc.constantFrom(true, false, undefined),
        afterMs: fc.integer({ min: 0, max: 300 }),
      }),
      { minLength: 1, maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), steps, async (maxPerUser, visits) => {
        const gate = openGate(maxPerUser);
        const inside = { ann: 0, bob: 0 };
        let answered = 0;
        for (const { user, takesMs, answer, afterMs } of visits) {
          void gate.enter(user).then((admission) => {
            answered++;
            if (admission.kind === 'later') return;
            inside[user]++;
            setTimeout(() => {
              inside[user]--;
              admission.end(answer);
            }, takesMs);
          });
          await vi.advanceTimersByTimeAsync(afterMs);
          expect(Math.max(inside.ann, inside.bob)).toBeLessThanOrEqual(maxPerUser);
        }
        await vi.advanceTimersByTimeAsync(1_000);
        expect(answered).toBe(visits.length);
        await vi.advanceTimersByTimeAsync(3_000);
        expect(inside).toEqual({ ann: 0, bob: 0 });
      }),
      { numRuns: 200 },
    );
  });
});
