import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { Writable } from 'node:stream';

import { describe, expect, it } from 'vitest';

import { waitFor } from '../../../tests/_support/wait-for.ts';
import { createStdoutChannel } from '../src/adapters/stdout/index.ts';
import type { Notification } from '../src/index.ts';

const NOTIFICATION: Notification = {
  version: 1,
  kind: 'reminder',
  id: 'n-1',
  user: 'ann',
  title: 'two\nlines',
  occurrence_start: '2030-01-01T09:00:00Z',
};

/** Sends notifications in a process of its own, and exits at once. */
const program = `
  import { createStdoutChannel } from '@daywatch/delivery/stdout';
  const channel = createStdoutChannel();
  for (let attempt = 1; attempt <= 3; attempt++) {
    const { kind } = await channel.send(${JSON.stringify(NOTIFICATION)}, attempt);
    if (kind !== 'delivered') process.exit(1);
  }
  process.exit(0);`;

describe('standard output', () => {
  it('should have one line for each notification, written before it is called delivered', async () => {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '--eval', program], {
      cwd: import.meta.dirname,
      stdio: ['ignore', 'pipe', 'inherit'],
    });

    const lines = (await text(child.stdout)).trimEnd().split('\n');

    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      [1, 2, 3].map((attempt) => ({ ...NOTIFICATION, attempt })),
    );
  });

  it('should write together what is sent together, in its order', async () => {
    const written: string[] = [];
    const output = new Writable({
      write(chunk: Buffer, _, done) {
        written.push(chunk.toString());
        done();
      },
    });
    const channel = createStdoutChannel({ output });

    await Promise.all([1, 2, 3].map((attempt) => channel.send(NOTIFICATION, attempt)));

    expect(written).toHaveLength(1);
    const lines = written.join('').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { attempt: number }).attempt)).toEqual([1, 2, 3]);
  });

  it('should wait until the line is taken', async () => {
    let take: () => void = () => undefined;
    let isOffered = false;
    const output = new Writable({
      write(_, __, done) {
        take = done;
        isOffered = true;
      },
    });
    let isDelivered = false;
    const sending = createStdoutChannel({ output }).send(NOTIFICATION, 1);
    void sending.then(() => {
      isDelivered = true;
    });

    await waitFor('the line', () => isOffered);
    expect(isDelivered).toBe(false);
    take();

    expect(await sending).toEqual({ kind: 'delivered' });
  });

  it('should be tried again where its reader has stopped, or has gone', async () => {
    const stuck = new Writable({ write: () => undefined });
    const gone = new Writable({ write: (_, __, done) => done(new Error('EPIPE')) });
    const controller = new AbortController();
    const aborted = createStdoutChannel({ output: stuck }).send(NOTIFICATION, 1, controller.signal);
    controller.abort(new Error('the process stops'));

    const outcomes = await Promise.all([
      createStdoutChannel({ output: stuck, timeoutMs: 50 }).send(NOTIFICATION, 1),
      createStdoutChannel({ output: gone }).send(NOTIFICATION, 1),
      aborted,
    ]);

    expect(outcomes).toEqual([
      { kind: 'retry', reason: 'the line could not be written: standard output took longer than 50 ms' },
      { kind: 'retry', reason: 'the line could not be written: EPIPE' },
      { kind: 'retry', reason: 'the line could not be written: the process stops' },
    ]);
  });
});
