import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaywatch, type Daywatch } from './_support/daywatch.ts';
import { makeUsedFolder, type Folder } from './_support/folder.ts';
import { runProgram } from './_support/run-program.ts';

const MONITOR = join(import.meta.dirname, '../../monitor/src/main.ts');

let folder: Folder;
let daywatch: Daywatch;
beforeAll(async () => {
  folder = await makeUsedFolder();
  daywatch = await startDaywatch(folder);
});
afterAll(async () => {
  await daywatch[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

describe('the API of the monitor in daywatch run', () => {
  it.each(['metrics', 'checks', 'targets', 'series', 'monitor/board', 'monitor/results'])(
    'should stand beside the one of the calendar: %s',
    async (path) => {
      expect((await daywatch.fetch(`/api/v1/${path}`)).status).toBe(200);
      expect((await fetch(`${daywatch.url}/api/v1/${path}`)).status).toBe(401);
      const post = await daywatch.fetch(`/api/v1/${path}`, { method: 'POST' });
      expect([post.status, post.headers.get('allow')]).toEqual([405, 'GET']);
    },
  );

  it('should be described in the one document of both', async () => {
    const document = (await (await fetch(`${daywatch.url}/openapi.json`)).json()) as {
      readonly paths: Readonly<Record<string, { readonly get?: { readonly tags: readonly string[] } }>>;
      readonly tags: readonly { readonly name: string }[];
    };

    expect(Object.keys(document.paths)).toEqual(
      expect.arrayContaining(['/api/v1/events', '/api/v1/metrics', '/api/v1/monitor/events', '/health']),
    );
    const tags = new Set(document.tags.map(({ name }) => name));
    for (const { get } of Object.values(document.paths)) {
      expect((get?.tags ?? []).every((tag) => tags.has(tag))).toBe(true);
    }
  });

  it('should tell of changes as they happen, and end its streams when the process stops', async () => {
    const response = await daywatch.fetch('/api/v1/monitor/events');
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const whole = response.text();

    expect(await daywatch.stop()).toMatchObject({ code: 0 });

    expect(await whole).toContain('retry: ');
    daywatch = await startDaywatch(folder);
  });

  it('should answer monitor query-range, which finds its token by itself', async () => {
    const query = ['query-range', 'up', '--address', daywatch.url, '--output', 'json'];
    const found = await runProgram([MONITOR, ...query], { cwd: folder.path, command: [process.execPath] });

    expect(found).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(found.stdout)).toMatchObject({ kind: 'value' });
    expect(await readFile(join(folder.data, 'token'), 'utf8')).toContain(daywatch.token);
  });
});
