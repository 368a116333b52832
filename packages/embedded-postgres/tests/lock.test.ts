import { afterAll, describe, expect, it } from 'vitest';

import { startEmbeddedPostgres } from '../src/index.ts';
import { reportOf, runChild } from './_support/run-child.ts';
import { makeTempFolder, makeUsedFolder, removeTemplate } from './_support/temp-folder.ts';
import { isAlive } from './_support/wait-until.ts';

afterAll(removeTemplate);

describe('one data folder', () => {
  it('should refuse a second process and name the folder and the first one', async () => {
    await using folder = await makeUsedFolder();
    await using first = runChild({ dataDir: folder.dataDir, durable: false });
    const running = await first.report;

    const second = await reportOf({ dataDir: folder.dataDir, durable: false });

    expect(second).toMatchObject({ kind: 'failed', code: 'locked' });
    const message = second.kind === 'failed' ? second.message : '';
    expect(message).toContain(folder.dataDir);
    expect(message).toMatch(new RegExp(String.raw`process ${first.pid}\b`));
    expect(running.kind === 'ready' && (await isAlive(running.pid))).toBe(true);
  });

  it('should let exactly one of several processes win that start at once, on a new folder', async () => {
    await using folder = await makeTempFolder();
    const children = [1, 2, 3].map(() => runChild({ dataDir: folder.dataDir, durable: false }));

    const reports = await Promise.all(children.map((child) => child.report));
    await Promise.all(children.map((child) => child.stop()));

    const outcomes = reports.map((report) => (report.kind === 'ready' ? 'ready' : report.code));
    expect(outcomes.toSorted()).toStrictEqual(['locked', 'locked', 'ready']);
    const winner = children[outcomes.indexOf('ready')];
    const messages = reports.flatMap((report) => (report.kind === 'failed' ? [report.message] : []));
    expect(messages.every((message) => message.includes(`process ${winner?.pid}.`))).toBe(true);
  });

  it('should let exactly one of several starts in one process win', async () => {
    await using folder = await makeUsedFolder();
    const options = { dataDir: folder.dataDir, durable: false };

    const results = await Promise.allSettled([1, 2, 3, 4].map(() => startEmbeddedPostgres(options)));

    const started = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    await Promise.all(started.map((postgres) => postgres.stop()));
    expect(started).toHaveLength(1);
    expect(
      refused.map((error) => (error instanceof Error && 'code' in error ? error.code : error)),
    ).toStrictEqual(['locked', 'locked', 'locked']);
  });

  it('should be free again as soon as its holder was killed', async () => {
    await using folder = await makeUsedFolder();
    const first = runChild({ dataDir: folder.dataDir, durable: false });
    await first.report;
    await first.kill();

    const second = await reportOf({ dataDir: folder.dataDir, durable: false });

    expect(second.kind).toBe('ready');
  });

  it('should be free again after stop', async () => {
    await using folder = await makeUsedFolder();
    const first = await startEmbeddedPostgres({ dataDir: folder.dataDir, durable: false });
    await first.stop();

    const second = await reportOf({ dataDir: folder.dataDir, durable: false });

    expect(second.kind).toBe('ready');
  });
});
