import { lookup } from 'node:dns/promises';

import { describe, expect, it } from 'vitest';

import { createFairResolver } from '../src/adapters/http/fair-resolver.ts';
import type { Resolve } from '../src/adapters/http/guarded-lookup.ts';
import { createTestClient, failureOf } from './_support/clients.ts';
import { startHttp } from './_support/servers.ts';

const SLOW_MS = 50;
const HANGING = ['a.hangs.example', 'b.hangs.example', 'c.hangs.example'];

describe('names that hang', () => {
  it('should be asked for once, however often they are needed meanwhile', async () => {
    const system = createPool();
    const resolve = createFairResolver(system.resolve);

    const answers = Array.from({ length: 5 }, () => resolve('a.hangs.example'));
    expect(system.asked).toEqual(['a.hangs.example']);
    system.giveUp();

    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(
      Array(5).fill('rejected'),
    );
    void resolve('a.hangs.example').catch(() => undefined);
    expect(system.asked).toHaveLength(2);
  });

  it('should leave a thread to the others, once they are known to hang', async () => {
    await using server = await startHttp((_, response) => response.end());
    const system = createPool();
    await using client = createTestClient({
      resolve: createFairResolver(system.resolve, { slowMs: SLOW_MS }),
    });
    const urlOf = (name: string): string => `http://${name}:${server.port}/`;
    const first = HANGING.map((name) => failureOf(client.fetch({ url: urlOf(name) })));
    await system.giveUpAll(HANGING);
    await Promise.all(first);

    const second = HANGING.map((name) => failureOf(client.fetch({ url: urlOf(name) })));
    const answer = await client.fetch({ url: urlOf('localhost') });

    expect(answer.status).toBe(200);
    expect(system.hanging()).toHaveLength(1);
    await client.close();
    await Promise.all(second);
  });

  it('should be like the others again when they answer', async () => {
    const system = createPool();
    const resolve = createFairResolver(system.resolve, { slowMs: SLOW_MS });
    const first = Promise.allSettled(HANGING.map((name) => resolve(name)));
    await system.giveUpAll(HANGING);
    await first;

    system.heal();
    await Promise.all(HANGING.map((name) => resolve(name)));
    system.asked.length = 0;
    const answers = HANGING.map((name) => resolve(name));

    expect(system.asked).toEqual(HANGING.slice(0, 2));
    await Promise.all(answers);
    expect(system.asked).toEqual(HANGING);
  });
});

/** The system's resolver with its two threads, which names under `hangs.example` keep until it gives them up. */
function createPool() {
  const running = new Map<string, () => void>();
  const queue: (() => void)[] = [];
  const asked: string[] = [];
  let threads = 2;
  let isWell = false;

  const resolve: Resolve = async (hostname) => {
    asked.push(hostname);
    if (threads === 0) await new Promise<void>((begin) => queue.push(begin));
    else threads--;
    try {
      if (!hostname.endsWith('.hangs.example')) return await lookup(hostname, { all: true });
      if (isWell) return [{ address: '127.0.0.1', family: 4 }];
      await new Promise<void>((end) => running.set(hostname, end));
      throw Object.assign(new Error(`getaddrinfo EAI_AGAIN ${hostname}`), { code: 'EAI_AGAIN' });
    } finally {
      const next = queue.shift();
      if (next === undefined) threads++;
      else next();
    }
  };
  const giveUp = (): void => {
    for (const [hostname, end] of running) {
      running.delete(hostname);
      end();
    }
  };
  return {
    resolve,
    asked,
    giveUp,
    hanging: () => [...running.keys()],
    heal: () => (isWell = true),
    /** Lets each of them hang for long enough to be known for it. */
    async giveUpAll(names: readonly string[]): Promise<void> {
      const left = new Set(names);
      while (left.size > 0) {
        await expect.poll(() => running.size).toBe(Math.min(left.size, 2));
        // Those of the resolver are shorter and began before, and so have ended when this one does.
        await new Promise((end) => setTimeout(end, SLOW_MS + 1));
        for (const name of running.keys()) left.delete(name);
        giveUp();
      }
    },
  };
}
