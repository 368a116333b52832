import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checked, describeTarget, openHouse, report, watch, type House } from './_support/house.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let house: House;
/** The start of the running hour. */
let hourMs: number;
beforeAll(async () => {
  house = await openHouse();
  hourMs = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  await house.checks.append([
    checked('a', hourMs, 'pass', { durationMs: 10 }),
    checked('a', hourMs + 1, 'warn', { durationMs: 30 }),
    checked('a', hourMs + 2, 'fail', { durationMs: 3000, reason: 'nobody answers' }),
    checked('a', hourMs - HOUR_MS, 'unknown'),
    checked('a', hourMs - 2 * DAY_MS, 'fail'),
    checked('b', hourMs),
    checked('forgotten', hourMs, 'fail'),
  ]);
  await watch(house, [describeTarget('a'), describeTarget('b'), describeTarget('c')]);
  await house.targets.board.report([
    report('a', hourMs + 2, { status: 'fail', reason: 'nobody answers' }),
    report('b', hourMs),
  ]);
});
afterAll(() => house[Symbol.asyncDispose]());

describe('/api/v1/monitor/board', () => {
  it('should show what is broken first, and nothing that is not watched', async () => {
    const { body } = await house.get('/api/v1/monitor/board');

    expect(body.checks.map(({ target }: { target: { id: string } }) => target.id)).toEqual(['a', 'c', 'b']);
    expect(body.counts).toEqual({ pass: 1, warn: 0, fail: 1, unknown: 1 });
  });

  it('should have 24 bars of an hour, the running one last', async () => {
    const { body } = await house.get('/api/v1/monitor/board');
    const [{ bars, uptime, recent }] = body.checks;

    expect([body.period, body.bar_ms]).toEqual(['24h', HOUR_MS]);
    // The hour may have turned since the results were written.
    const at = (hourMs - Date.parse(body.start)) / HOUR_MS;
    expect(bars.passed).toHaveLength(24);
    expect([bars.passed[at], bars.warned[at], bars.failed[at], bars.latency_ms[at]]).toEqual([1, 1, 1, 20]);
    expect([bars.unknown[at - 1], bars.latency_ms[at - 1]]).toEqual([1, null]);
    expect(uptime).toBeCloseTo(2 / 3);
    expect(recent.map(({ status }: { status: string }) => status)).toEqual([
      'fail',
      'unknown',
      'pass',
      'warn',
      'fail',
    ]);
    expect(recent.at(-1)).toMatchObject({ domain: 'a', duration_ms: 3000, reason: 'nobody answers' });
  });

  it.each([
    ['30d', 30],
    ['90d', 90],
  ])('should have a bar for each of %s', async (period, bars) => {
    const { body } = await house.get(`/api/v1/monitor/board?period=${period}&recent=0`);
    const [first] = body.checks;

    expect(body.bar_ms).toBe(DAY_MS);
    expect(first.bars.failed).toHaveLength(bars);
    expect(first.bars.failed.reduce((sum: number, count: number) => sum + count, 0)).toBe(2);
    expect(first.uptime).toBe(0.5);
    expect(first.recent).toEqual([]);
  });

  it('should show one domain alone', async () => {
    const { body } = await house.get('/api/v1/monitor/board?domain=b&recent=1');

    expect(body.checks).toMatchObject([{ target: { id: 'b' }, uptime: 1, recent: [{ status: 'pass' }] }]);
    expect((await house.get('/api/v1/monitor/board?domain=nobody')).body.checks).toEqual([]);
  });
});

describe('/api/v1/monitor/results', () => {
  it('should tell everything of the last checks', async () => {
    const { body } = await house.get('/api/v1/monitor/results?domain=a&num=2');

    expect(body).toMatchObject([
      { domain: 'a', target_id: 'a', status: 'warn', duration_ms: 30, reason: null },
      { domain: 'a', target_id: 'a', status: 'fail', duration_ms: 3000, reason: 'nobody answers' },
    ]);
  });
});
