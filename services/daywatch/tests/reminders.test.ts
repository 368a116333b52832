import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startDaywatch, type Daywatch } from './_support/daywatch.ts';
import { makeFolder, type Folder } from './_support/folder.ts';
import { waitFor } from './_support/wait-for.ts';

describe('reminders of daywatch run', () => {
  let folder: Folder;
  let daywatch: Daywatch;
  beforeAll(async () => {
    folder = await makeFolder();
    daywatch = await startDaywatch(folder);
  });
  afterAll(async () => {
    await daywatch[Symbol.asyncDispose]();
    await folder[Symbol.asyncDispose]();
  });

  it('should come as a line, once, and be told in the health and the metrics of the one process', async () => {
    // In an hour, to be reminded of two hours before: at once.
    const start = `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`;
    const created = await daywatch.fetch('/api/v1/events', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ title: 'Dentist', start, duration: 'PT45M', notify_before: ['PT2H'] }),
    });
    const lines = (): readonly string[] =>
      daywatch.program
        .stdout()
        .split('\n')
        .filter((line) => line.includes('"kind":"reminder"'));
    await waitFor('the line', () => lines().length > 0 || undefined);
    const metrics = await waitFor('the counts', async () => {
      const text = await (await daywatch.fetch('/metrics')).text();
      return text.includes('calendar_reminders_sent_total{channel="stdout"} 1\n') ? text : undefined;
    });
    const health = await (await daywatch.fetch('/health')).json();

    expect(created.status).toBe(201);
    expect(lines().map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({ kind: 'reminder', title: 'Dentist', attempt: 1 }),
    ]);
    expect(metrics).toContain('calendar_reminders_confirmed_total 1\n');
    expect(metrics).toContain('calendar_queue_messages{state="dead"} 0\n');
    expect(health).toMatchObject({ status: 'pass', checks: { queue: { status: 'pass' } } });
  });
});
