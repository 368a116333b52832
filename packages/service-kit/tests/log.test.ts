import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startSample } from './_support/child.ts';
import type { Child } from './_support/child.ts';
import { waitFor } from './_support/wait-for.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the log of a process', () => {
  it.each(['talks', 'talks-and-exits'])('should lose no line at the end (%s)', async (SAMPLE) => {
    const file = join(folder, 'a.log');
    await using child = startSample({ SAMPLE, DAYWATCH_LOG_FILE: file });
    if (SAMPLE === 'talks') {
      await child.says('listening');
      child.process.kill('SIGTERM');
    }
    await child.exited;

    const numbers = Array.from({ length: 2000 }, (_, i) => i);
    expect(numbersIn(child.stdout())).toEqual(numbers);
    expect(numbersIn(readFileSync(file, 'utf8'))).toEqual(numbers);
  });

  it('should write JSON lines with level, time and service, and one access line for each request', async () => {
    await using child = startSample();
    await child.says('"msg":"listening"');
    await fetch(`http://127.0.0.1:${portOf(child)}/health`);
    await fetch(`http://127.0.0.1:${portOf(child)}/no-such-page?x=secret`);
    await child.says('"kind":"access"');

    const lines = child
      .stdout()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

    for (const line of lines) {
      expect(line).toMatchObject({ level: 'info', service: 'sample' });
      expect(line['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    }
    const accesses = lines.filter((line) => line['kind'] === 'access');
    expect(accesses).toMatchObject([{ path: '/no-such-page', status: 404 }]);
  });

  it('should open its file anew on SIGHUP', async () => {
    const file = join(folder, 'a.log');
    await using child = startSample({ DAYWATCH_LOG_FILE: file });
    await child.says('"msg":"listening"');
    renameSync(file, `${file}.1`);

    child.process.kill('SIGHUP');
    await waitFor('a new file', () => contentOf(file) !== undefined);
    await fetch(`http://127.0.0.1:${portOf(child)}/no-such-page`);
    await waitFor('the access line', () => contentOf(file)?.includes('"kind":"access"') === true);

    expect(contentOf(`${file}.1`)).toContain('listening');
    child.process.kill('SIGTERM');
    expect(await child.exited).toBe(0);
  });

  it('should go on, and say so once, when the disk of its file is full', async () => {
    await using child = startSample({ DAYWATCH_LOG_FILE: '/dev/full' });
    await child.says('cannot be written');
    const answers = [];
    for (let i = 0; i < 20; i++)
      answers.push((await fetch(`http://127.0.0.1:${portOf(child)}/health`)).status);

    expect(new Set(answers)).toEqual(new Set([200]));
    child.process.kill('SIGTERM');
    expect(await child.exited).toBe(0);
    expect(child.stdout().match(/cannot be written/g)).toHaveLength(1);
  });

  it('should go on when nobody reads standard output any more', async () => {
    const file = join(folder, 'a.log');
    await using child = startSample({ DAYWATCH_LOG_FILE: file });
    await child.says('"msg":"listening"');
    const url = `http://127.0.0.1:${portOf(child)}/no-such-page`;

    child.process.stdout?.destroy();
    for (let i = 0; i < 20; i++) expect((await fetch(url)).status).toBe(404);
    await waitFor('the access lines', () => contentOf(file)?.match(/"kind":"access"/g)?.length === 20);

    child.process.kill('SIGTERM');
    expect(await child.exited).toBe(0);
    expect(contentOf(file)).toContain('sample has stopped');
  });

  it('should neither wait nor hang when the reader of standard output stalls', async () => {
    const file = join(folder, 'a.log');
    await using child = startSample({ SAMPLE: 'talks', DAYWATCH_LOG_FILE: file });
    child.process.stdout?.pause();
    await waitFor('a port', () => contentOf(file)?.includes('"msg":"listening"') === true);
    const ended = new Promise((resolve) => {
      child.process.once('exit', resolve);
    });

    const answer = await fetch(`http://127.0.0.1:${portIn(contentOf(file))}/health`);
    child.process.kill('SIGTERM');

    expect(answer.status).toBe(200);
    expect(await ended).toBe(0);
    child.process.stdout?.destroy();
  });
});

function numbersIn(text: string): number[] {
  return [...text.matchAll(/"i":(\d+)/g)].map((match) => Number(match[1]));
}

function portOf(child: Child): string {
  return portIn(child.stdout());
}

function portIn(text = ''): string {
  return /"port":(\d+)/.exec(text)?.[1] ?? '';
}

function contentOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
