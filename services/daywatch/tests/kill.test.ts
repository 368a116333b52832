import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startDaywatch } from './_support/daywatch.ts';
import { listProcesses, makeUsedFolder, removeTemplate, type Folder } from './_support/folder.ts';
import { startWriters } from './_support/writers.ts';

afterAll(removeTemplate);

/** What is killed at once: our process alone, which leaves PostgreSQL behind, or everything, as a power cut does. */
const ROUNDS = ['daywatch', 'everything', 'daywatch', 'everything'] as const;

describe('kill -9 during writes', () => {
  it(
    'should lose no event that was acknowledged, and leave no half of one',
    { timeout: 180_000 },
    async () => {
      await using folder = await makeUsedFolder();
      const acknowledged = new Set<string>();
      for (const [round, what] of ROUNDS.entries()) {
        await using daywatch = await startDaywatch(folder);
        const writers = startWriters(daywatch, { round, acknowledged });
        await writers.until(60 * (round + 1));

        const victims =
          what === 'everything' ? await listProcesses(folder.path) : [daywatch.program.process.pid ?? 0];
        for (const pid of victims) kill(pid);
        await writers.finished;
        await daywatch.program.finished;

        await using again = await startDaywatch(folder);
        expect(await findLost(folder, acknowledged)).toEqual([]);
        expect(await findHalves(folder)).toEqual([]);
        expect(await again.stop()).toMatchObject({ code: 0, stderr: '' });
      }
      expect(acknowledged.size).toBeGreaterThan(100);
    },
  );
});

/** A process that is gone already was taken along by one that was killed before it. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function findLost(folder: Folder, acknowledged: ReadonlySet<string>): Promise<readonly string[]> {
  const rows = await ask<{ id: string }>(folder, 'SELECT event_id AS id FROM calendar.events');
  const stored = new Set(rows.map(({ id }) => id));
  return [...acknowledged].filter((id) => !stored.has(id));
}

/** Each of these events occurs once: one without an occurrence, or the reverse, is a half. */
function findHalves(folder: Folder): Promise<readonly unknown[]> {
  return ask(
    folder,
    `SELECT events.event_id AS event, occurrences.event_id AS occurrence
       FROM calendar.events FULL JOIN calendar.occurrences
         ON (events.calendar_id, events.event_id) = (occurrences.calendar_id, occurrences.event_id)
      WHERE events.event_id IS NULL OR occurrences.event_id IS NULL`,
  );
}

async function ask<Row extends object>(folder: Folder, sql: string): Promise<readonly Row[]> {
  const dsn = (await readFile(join(folder.data, 'database-url'), 'utf8')).trim();
  const client = new Client({ connectionString: dsn });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}
