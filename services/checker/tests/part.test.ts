import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryCheckResults, createMemoryTargets } from '@daywatch/monitor/memory';
import { createMemorySeries } from '@daywatch/series/memory';
import type { Logger } from '@daywatch/service-kit/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitFor } from '../../../tests/_support/wait-for.ts';
import { checkerSchema, openCheckerPart, readTargets } from '../src/index.ts';
import { entry, startExporter } from './_support/exporter.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'daywatch-checker-part-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('the checker as a part of a process', () => {
  it('should leave no timer, socket or request behind when it is disposed of, and begin none', async () => {
    await using good = await startExporter(() => 'a 1\n');
    let hanging = 0;
    await using bad = await startExporter(
      () => '',
      (_, response) => {
        hanging += 1;
        response.on('close', () => (hanging -= 1));
        return true;
      },
    );
    const before = countResources();
    const results = createMemoryCheckResults();
    {
      await using part = await openPart(results);
      const long = { interval: '60s', timeout: '60s' };
      part.use(
        readTargets([
          ...Array.from({ length: 10 }, (_, i) => entry(`good-${i}`, good.url)),
          ...Array.from({ length: 5 }, (_, i) =>
            entry(`bad-${i}`, bad.url, { interval: '1s', timeout: '1s' }),
          ),
          ...Array.from({ length: 5 }, (_, i) => entry(`late-${i}`, bad.url, long)),
        ]),
      );
      part.begin();
      await waitFor(
        'results, and requests that hang',
        async () => hanging > 0 && (await results.last({ count: 100 })).length > 20,
      );
    }

    const scrapes = good.scrapes.length;
    await waitFor('nothing left', () => hanging === 0 && countResources() <= before);
    expect(good.scrapes.length).toBe(scrapes);
  });

  it('should say in its health that readings wait, and that they do no longer', async () => {
    await using good = await startExporter(() => 'a 1\n');
    const memory = createMemoryCheckResults();
    let isAway = false;
    const results = {
      ...memory,
      append: async (...given: Parameters<typeof memory.append>) => {
        if (isAway) throw new Error('away');
        await memory.append(...given);
      },
    };
    await using part = await openPart(results);
    part.use(readTargets([entry('good', good.url)]));
    part.begin();
    const statusOf = async (): Promise<string> =>
      (await part.healthCheck.check(new AbortController().signal)).status;
    await waitFor('results', async () => (await memory.last({ count: 9 })).length > 1);
    expect(await statusOf()).toBe('pass');

    isAway = true;
    await waitFor('the warning', async () => (await statusOf()) === 'warn');
    isAway = false;
    await waitFor('its end', async () => (await statusOf()) === 'pass');
  });
});

type Results = Pick<ReturnType<typeof createMemoryCheckResults>, 'append' | 'dropBefore'>;

async function openPart(results: Results) {
  const logger = { info: () => {}, warn: () => {}, error: () => {} } as unknown as Logger;
  const config = checkerSchema.parse({
    storage: { dsn: 'postgres://nowhere' },
    spool: { folder: join(folder, 'spool') },
  });
  const stores = { series: createMemorySeries(), results, targets: createMemoryTargets() };
  return openCheckerPart({ config, stores, logger, remainingDrainMs: () => 5000 });
}

/** Timers and sockets that keep a process alive. */
function countResources(): number {
  return process.getActiveResourcesInfo().filter((kind) => /Timeout|TCP/.test(kind)).length;
}
