import fc from 'fast-check';
import { silentLog } from '@daywatch/service-kit/log';
import { describe, expect, it } from 'vitest';
import { createHandClock, type HandClock } from '../../tests/_support/hand-clock.ts';
import { createLeaseTable, type LeaseTable } from '../../tests/_support/lease-table.ts';
import { lead, LEADERSHIP_TIMES, type Mandate } from './lead.ts';

interface Contender {
  readonly isWorking: () => boolean;
  readonly mandate: () => Mandate | undefined;
  readonly stop: () => Promise<void>;
}

function contend(identity: string, table: LeaseTable, clock: HandClock): Contender {
  const stopping = new AbortController();
  let mandate: Mandate | undefined;
  let isWorking = false;
  const leading = lead(
    {
      cluster: table.cluster,
      lease: { namespace: 'operators', name: 'operator' },
      identity,
      times: LEADERSHIP_TIMES,
      clock,
      logger: silentLog().logger,
    },
    async (given) => {
      mandate = given;
      isWorking = true;
      await new Promise<void>((resolve) => {
        if (given.signal.aborted) resolve();
        given.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      isWorking = false;
    },
    stopping.signal,
  );
  return {
    isWorking: () => isWorking,
    mandate: () => mandate,
    stop: async () => {
      stopping.abort();
      await leading;
    },
  };
}

describe('leading', () => {
  it('should let one of two work, and the other when that one stops, without waiting for the lease to run out', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const [a, b] = [contend('a', table, clock), contend('b', table, clock)];
    await clock.advance(100);
    expect([a.isWorking(), b.isWorking()]).toEqual([true, false]);
    await a.stop();
    expect(table.holder()).toBe('');
    await clock.advance(LEADERSHIP_TIMES.retryMs);
    expect(b.isWorking()).toBe(true);
    await b.stop();
  });

  it('should go on when the lease came too late to begin with', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const lateMs = LEADERSHIP_TIMES.renewDeadlineMs + 1;
    const late: LeaseTable['cluster'] = {
      ...table.cluster,
      create: async (...args) => {
        await new Promise<void>((resolve) => void clock.setTimer(resolve, lateMs));
        return table.cluster.create(...args);
      },
    };
    const a = contend('a', { ...table, cluster: late }, clock);
    await clock.advance(lateMs);
    expect(table.holder()).toBe('a');
    await clock.advance(LEADERSHIP_TIMES.leaseMs);
    expect(a.mandate()?.isValid()).toBe(true);
    await a.stop();
  });

  it('should keep on working as long as it can renew', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const [a, b] = [contend('a', table, clock), contend('b', table, clock)];
    await clock.advance(10 * LEADERSHIP_TIMES.leaseMs);
    expect([a.isWorking(), b.isWorking()]).toEqual([true, false]);
    await Promise.all([a.stop(), b.stop()]);
  });

  it('should end the work at the deadline when it cannot renew, before anybody else may begin', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const a = contend('a', table, clock);
    await clock.advance(100);
    table.isAway = true;
    await clock.advance(LEADERSHIP_TIMES.renewDeadlineMs);
    expect(a.isWorking()).toBe(false);
    table.isAway = false;
    await clock.advance(LEADERSHIP_TIMES.leaseMs + LEADERSHIP_TIMES.retryMs);
    expect(a.isWorking()).toBe(true);
    await a.stop();
  });

  it('should go on when the answer to a renewal was lost', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const a = contend('a', table, clock);
    await clock.advance(100);
    const first = a.mandate();
    table.lostAnswers = 1;
    await clock.advance(3 * LEADERSHIP_TIMES.leaseMs);
    expect(a.mandate()).toBe(first);
    expect(a.isWorking()).toBe(true);
    await a.stop();
  });

  it('should go on with another connection when one is never answered', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const a = contend('a', table, clock);
    await clock.advance(100);
    const first = a.mandate();
    table.hangs = 1;
    await clock.advance(3 * LEADERSHIP_TIMES.leaseMs);
    expect([table.hangs, a.mandate() === first, a.isWorking()]).toEqual([0, true, true]);
    await a.stop();
  });

  it('should get the lease although its first requests are never answered', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    table.hangs = 2;
    const a = contend('a', table, clock);
    await clock.advance(LEADERSHIP_TIMES.leaseMs);
    expect([table.hangs, a.isWorking()]).toEqual([0, true]);
    await a.stop();
  });

  it('should say that its mandate is over although a stall kept the timer from ending it', async () => {
    const [table, clock] = [createLeaseTable(), createHandClock()];
    const a = contend('a', table, clock);
    await clock.advance(100);
    const mandate = a.mandate() as Mandate;
    expect(mandate.isValid()).toBe(true);
    clock.skip(LEADERSHIP_TIMES.renewDeadlineMs);
    expect([mandate.signal.aborted, mandate.isValid()]).toEqual([false, false]);
    await a.stop();
  });

  it('should never have two at work, whatever comes and goes', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('wait' as const), ms: fc.nat({ max: 20_000 }) }),
      fc.record({ kind: fc.constant('away' as const), isAway: fc.boolean() }),
      fc.record({ kind: fc.constant('lose' as const), count: fc.nat({ max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const [table, clock] = [createLeaseTable(), createHandClock()];
        const all = ['a', 'b', 'c'].map((identity) => contend(identity, table, clock));
        for (const each of steps) {
          if (each.kind === 'away') table.isAway = each.isAway;
          if (each.kind === 'lose') table.lostAnswers = each.count;
          for (let ms = 0; each.kind === 'wait' && ms < each.ms; ms += 500) {
            await clock.advance(500);
            expect(all.filter(({ isWorking }) => isWorking()).length).toBeLessThanOrEqual(1);
          }
        }
        table.isAway = false;
        table.lostAnswers = 0;
        await clock.advance(2 * LEADERSHIP_TIMES.leaseMs);
        expect(all.filter(({ isWorking }) => isWorking()).length).toBe(1);
        await Promise.all(all.map(({ stop }) => stop()));
      }),
      { numRuns: 30 },
    );
  });
});
