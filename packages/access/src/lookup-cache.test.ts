import { describe, expect, it, vi } from 'vitest';

import { createTestClock } from '../tests/support.ts';
import { LookupCache } from './lookup-cache.ts';

function setUp(maxEntries = 10) {
  const clock = createTestClock();
  return { clock, cache: new LookupCache<string>({ clock, ttlMs: 5000, missTtlMs: 1000, maxEntries }) };
}

describe('LookupCache', () => {
  it('should ask once for many, and again when the time is over', async () => {
    const { clock, cache } = setUp();
    const load = vi.fn<() => Promise<string>>(async () => 'value');

    await Promise.all([cache.get('key', load), cache.get('key', load)]);
    clock.nowMs += 4999;
    await cache.get('key', load);
    expect(load).toHaveBeenCalledTimes(1);
    clock.nowMs += 1;
    await cache.get('key', load);

    expect(load).toHaveBeenCalledTimes(2);
  });

  it('should remember for a shorter time that there is nothing', async () => {
    const { clock, cache } = setUp();
    await cache.get('key', async () => undefined);

    clock.nowMs += 999;
    expect(cache.peek('key')).toMatchObject({ value: undefined });
    clock.nowMs += 1;
    expect(cache.peek('key')).toBeUndefined();
  });

  it('should count an age from before the store was asked', async () => {
    const { clock, cache } = setUp();
    await cache.get('key', async () => {
      clock.nowMs += 5000;
      return 'slow';
    });

    expect(cache.peek('key')).toBeUndefined();
  });

  it('should not remember a failure', async () => {
    const { cache } = setUp();
    await expect(cache.get('key', () => Promise.reject(new Error('down')))).rejects.toThrow('down');

    expect(await cache.get('key', async () => 'up')).toBe('up');
  });

  it('should neither remember nor share an answer that was on its way when it was cleared', async () => {
    const { cache } = setUp();
    const first = Promise.withResolvers<string>();
    const before = cache.get('key', () => first.promise);

    cache.clear();
    const after = cache.get('key', async () => 'new');
    first.resolve('old');

    expect(await Promise.all([before, after])).toEqual(['old', 'new']);
    expect(cache.peek('key')?.value).toBe('new');
  });

  it('should stay within its bound, and keep what is there under a flood of wrong keys', async () => {
    const { cache } = setUp(10);
    await cache.get('right', async () => 'value');

    for (let i = 0; i < 100; i++) await cache.get(`wrong-${i}`, async () => undefined);
    expect(cache.peek('right')?.value).toBe('value');
    for (let i = 0; i < 100; i++) await cache.get(`other-${i}`, async () => 'value');

    expect(cache.size).toBe(20);
    expect(cache.peek('other-99')?.value).toBe('value');
    expect(cache.peek('right')).toBeUndefined();
  });

  it('should believe nothing when the clock was set back', async () => {
    const { clock, cache } = setUp();
    await cache.get('key', async () => 'value');

    clock.nowMs -= 1;

    expect(cache.peek('key')).toBeUndefined();
  });
});
