import { describe, expect, it } from 'vitest';
import { createHealth } from './health.ts';
import type { HealthCheck } from './health-check.ts';

const passing: HealthCheck = {
  name: 'database',
  componentType: 'datastore',
  isNeededForReadiness: true,
  cacheMs: 0,
  check: () => ({ status: 'pass' }),
};

describe('createHealth', () => {
  it('should answer in the shape that the monitor reads', async () => {
    const health = createHealth({ serviceId: 'host-1' });
    health.add({ ...passing, componentId: 'main' });
    health.markStarted();

    expect(await health.report()).toEqual({
      status: 'pass',
      service_id: 'host-1',
      checks: { database: { component_id: 'main', component_type: 'datastore', status: 'pass' } },
    });
  });

  it('should be alive and not ready until it has started, and again when it stops', async () => {
    const stop = new AbortController();
    const health = createHealth({ serviceId: 'h', signal: stop.signal });
    const seen = [(await health.reportReady()).status];
    health.markStarted();
    seen.push((await health.reportReady()).status);
    stop.abort();
    seen.push((await health.reportReady()).status);
    health.markStarted();
    seen.push((await health.report()).status);

    expect(seen).toEqual(['fail', 'pass', 'fail', 'fail']);
    expect(health.reportLive().status).toBe('pass');
  });

  it('should be ready, but not well, when a check fails that readiness does not need', async () => {
    const health = createHealth({ serviceId: 'h' });
    health.add({ ...passing, name: 'extra', isNeededForReadiness: false, check: () => ({ status: 'fail' }) });
    health.markStarted();

    expect((await health.reportReady()).status).toBe('pass');
    expect((await health.report()).status).toBe('fail');
  });

  it('should say warn when that is the worst', async () => {
    const health = createHealth({ serviceId: 'h' });
    health.add(passing);
    health.add({ ...passing, name: 'disk', check: () => ({ status: 'warn', output: 'nearly full' }) });
    health.markStarted();

    expect(await health.report()).toMatchObject({
      status: 'warn',
      checks: { disk: { output: 'nearly full' } },
    });
  });

  it('should not repeat what a failing check says, since everybody can read it', async () => {
    const health = createHealth({ serviceId: 'h' });
    health.add({ ...passing, check: () => Promise.reject(new Error('password hunter2 refused')) });

    expect(JSON.stringify(await health.report())).not.toContain('hunter2');
  });

  it('should answer by the deadline of a check that hangs, and not begin it again', async () => {
    let begun = 0;
    const health = createHealth({ serviceId: 'h' });
    health.add({
      ...passing,
      timeoutMs: 20,
      check: () => {
        begun++;
        return new Promise(() => {});
      },
    });
    health.markStarted();

    const first = await health.report();
    const second = await health.report();

    expect(first.checks['database']).toMatchObject({ status: 'fail', output: 'no answer within 20 ms' });
    expect(second.status).toBe('fail');
    expect(begun).toBe(1);
  });

  it('should ask once, however many want to know at the same time or soon after', async () => {
    let asked = 0;
    const health = createHealth({ serviceId: 'h' });
    health.add({
      ...passing,
      cacheMs: 60_000,
      check: () => {
        asked++;
        return { status: 'pass' };
      },
    });

    await Promise.all(Array.from({ length: 50 }, () => health.report()));
    await health.reportReady();

    expect(asked).toBe(1);
  });

  it('should refuse two checks of one name', () => {
    const health = createHealth({ serviceId: 'h' });
    health.add(passing);

    expect(() => health.add(passing)).toThrow("there is a health check 'database' already");
  });
});
