import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startDaywatch, type Daywatch } from './_support/daywatch.ts';
import { listProcesses, makeUsedFolder, removeTemplate, type Folder } from './_support/folder.ts';
import { MAIN, signalGroup, startProgram } from './_support/run-program.ts';
import { waitFor } from './_support/wait-for.ts';

afterAll(removeTemplate);

describe('a stop', () => {
  it('should be clean after Ctrl-C in a terminal', async () => {
    await using folder = await makeUsedFolder();
    // `script` gives it a terminal, and passes what is typed on to that.
    const command = ['script', '-qec', `exec '${process.execPath}' '${MAIN}' run`, '/dev/null'];
    const program = startProgram([], {
      cwd: folder.path,
      env: { DAYWATCH_HTTP_PORT: '0', TERM: 'xterm' },
      command,
    });
    await waitFor('the banner', () => /daywatch runs/.exec(program.stdout()) ?? undefined);

    program.process.stdin?.write('\u0003');

    expect(await program.finished).toMatchObject({ code: 0, stderr: '' });
    expect(program.stdout()).toContain('daywatch has stopped');
    expect(await listProcesses(folder.path)).toEqual([]);
  });

  it('should let a request in flight finish', async () => {
    await using folder = await makeUsedFolder();
    await using daywatch = await startDaywatch(folder);
    await using lock = await lockEvents(folder);
    const adding = addEvent(daywatch);
    await lock.someoneWaits();

    signalGroup(daywatch.program, 'SIGINT');
    await says(daywatch, 'daywatch stops');
    await lock.release();

    expect((await adding).status).toBe(201);
    expect(await daywatch.program.finished).toMatchObject({ code: 0, stderr: '' });
    expect(await listProcesses(folder.path)).toEqual([]);
  });

  it('should be forced by a second Ctrl-C, and leave no process either', async () => {
    await using folder = await makeUsedFolder();
    await using daywatch = await startDaywatch(folder);
    await using lock = await lockEvents(folder);
    const adding = addEvent(daywatch).catch(() => 'cut off');
    await lock.someoneWaits();

    signalGroup(daywatch.program, 'SIGINT');
    await says(daywatch, 'daywatch stops');
    signalGroup(daywatch.program, 'SIGINT');

    expect(await daywatch.program.finished).toMatchObject({ code: 1 });
    expect(await adding).toBe('cut off');
    expect(daywatch.program.stdout()).toContain('SIGINT came a second time');
    await waitFor('the end of PostgreSQL', async () =>
      (await listProcesses(folder.path)).length === 0 ? true : undefined,
    );
  });

  it('should be possible while it starts', async () => {
    await using folder = await makeUsedFolder();
    const program = startProgram(['run'], { cwd: folder.path, env: { DAYWATCH_HTTP_PORT: '0' } });
    await waitFor('PostgreSQL', async () =>
      (await listProcesses(folder.path)).length > 1 ? true : undefined,
    );

    signalGroup(program, 'SIGINT');

    expect(await program.finished).toMatchObject({ code: 0, stderr: '' });
    expect(await listProcesses(folder.path)).toEqual([]);
  });

  it('should happen by itself, with a clear error, when PostgreSQL is killed under it', async () => {
    await using folder = await makeUsedFolder();
    await using daywatch = await startDaywatch(folder);
    const pidFile = await readFile(join(folder.data, 'postgres/data/postmaster.pid'), 'utf8');

    process.kill(Number(pidFile.split('\n')[0]), 'SIGKILL');

    const { code, stderr } = await daywatch.program.finished;
    expect(code).toBe(1);
    expect(stderr).toBe(
      'daywatch: the embedded PostgreSQL is gone: SIGKILL ended it; the next start recovers its data\n',
    );
    expect(await listProcesses(folder.path)).toEqual([]);
    await using again = await startDaywatch(folder);
    expect((await again.fetch('/api/v1/calendars')).status).toBe(200);
  });
});

async function says(daywatch: Daywatch, text: string): Promise<void> {
  await waitFor(text, () => (daywatch.program.stdout().includes(text) ? true : undefined));
}

function addEvent(daywatch: Daywatch): Promise<Response> {
  return daywatch.fetch('/api/v1/events', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ title: 'Slow', start: '2031-01-01T09:00:00Z', duration: 'PT1H' }),
  });
}

/** Holds the events, so that a request that adds one waits. */
async function lockEvents(folder: Folder) {
  const dsn = (await readFile(join(folder.data, 'database-url'), 'utf8')).trim();
  const client = new Client({ connectionString: dsn });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('BEGIN; LOCK TABLE calendar.events IN EXCLUSIVE MODE');
  const release = (): Promise<void> => client.end().catch(() => undefined);
  const someoneWaits = async (): Promise<void> => {
    await waitFor('a request that waits', async () => {
      const { rowCount } = await client.query('SELECT 1 FROM pg_locks WHERE NOT granted');
      return rowCount ? true : undefined;
    });
  };
  return { someoneWaits, release, [Symbol.asyncDispose]: release };
}
