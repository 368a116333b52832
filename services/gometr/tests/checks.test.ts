import { describe, expect, it } from 'vitest';
import { watchEventLoop } from '../src/checks/event-loop-lag.ts';
import { judgeFall, judgeRise } from '../src/checks/judge.ts';

describe('watchEventLoop', () => {
  it('should see that the event loop was held up, and tell it once', async () => {
    using check = watchEventLoop({ event_loop_lag_warn: 250, event_loop_lag_fail: 3_600_000 });
    const { signal } = new AbortController();

    const until = performance.now() + 400;
    while (performance.now() < until);
    const held = await check.check(signal);
    const next = await check.check(signal);

    expect(held).toMatchObject({ status: 'warn', observedUnit: 'ms' });
    expect(held.observedValue).toBeGreaterThanOrEqual(349);
    expect(next).toMatchObject({ status: 'pass' });
  });

  it('should see a delay that was over before anybody asked', async () => {
    using check = watchEventLoop({ event_loop_lag_warn: 250, event_loop_lag_fail: 300 });

    const until = performance.now() + 400;
    while (performance.now() < until);
    await new Promise((resolve) => {
      setTimeout(resolve, 60);
    });

    expect(await check.check(new AbortController().signal)).toMatchObject({ status: 'fail' });
  });
});

describe('the judges', () => {
  const limits = { unit: 'x', describe: (value: number, limit: number) => `${value} ${limit}` };

  it.each([
    [1, 'pass'],
    [2, 'warn'],
    [3, 'fail'],
  ])('should judge the rise to %i as %s', (observed, status) => {
    expect(judgeRise({ ...limits, observed, warnFrom: 2, failFrom: 3 }).status).toBe(status);
  });

  it.each([
    [3, 'pass'],
    [2, 'warn'],
    [0, 'fail'],
  ])('should judge the fall to %i as %s', (observed, status) => {
    expect(judgeFall({ ...limits, observed, warnFrom: 3, failFrom: 1 }).status).toBe(status);
  });
});
