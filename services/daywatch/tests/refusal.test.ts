import { writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, describe, expect, it } from 'vitest';
import { startDaywatch } from './_support/daywatch.ts';
import { listProcesses, makeUsedFolder, removeTemplate } from './_support/folder.ts';
import { runProgram, type Place } from './_support/run-program.ts';

afterAll(removeTemplate);

describe('daywatch run', () => {
  it('should refuse a folder that another one runs on, and name that', async () => {
    await using folder = await makeUsedFolder();
    await using first = await startDaywatch(folder);

    const { code, stderr } = await runDaywatch({ cwd: folder.path });

    expect(code).toBe(1);
    expect(stderr).toBe(
      `daywatch: The data folder ${folder.data}/postgres is in use by process ${first.program.process.pid}. ` +
        'Stop that one first, or choose another folder.\n',
    );
    expect((await first.fetch('/api/v1/calendars')).status).toBe(200);
    expect(await first.stop()).toMatchObject({ code: 0 });
  });

  it('should say that the port is busy, and leave nothing running', async () => {
    await using folder = await makeUsedFolder();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const port = String((other.address() as AddressInfo).port);

    const { code, stderr } = await runDaywatch({ cwd: folder.path, env: { DAYWATCH_HTTP_PORT: port } });

    expect([code, stderr]).toEqual([
      1,
      `daywatch: port ${port} on 127.0.0.1 is in use by another program; choose another with http.port or DAYWATCH_HTTP_PORT\n`,
    ]);
    expect(await listProcesses(folder.path)).toEqual([]);
    other.close();
  });

  it('should refuse the data of a newer PostgreSQL', async () => {
    await using folder = await makeUsedFolder();
    await writeFile(join(folder.data, 'postgres/data/PG_VERSION'), '19\n');

    const { code, stderr } = await runDaywatch({ cwd: folder.path });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^daywatch: .*postgres\/data was written by PostgreSQL 19, .* PostgreSQL 18.*\n$/);
  });

  it('should refuse a database that a newer version has migrated', async () => {
    await using folder = await makeUsedFolder();
    await using daywatch = await startDaywatch(folder);
    const { stdout: dsn } = await runProgram(['database-url'], {
      cwd: folder.path,
      command: ['cat', `${folder.data}/database-url`],
    });
    await ask(dsn, `INSERT INTO calendar.migrations (name, run_on) VALUES ('9999_future', now())`);
    await daywatch.stop();

    const { code, stderr } = await runDaywatch({ cwd: folder.path });

    expect(code).toBe(1);
    expect(stderr).toMatch(/^daywatch: a newer version has migrated this database: .*9999_future.*\n$/);
    expect(await listProcesses(folder.path)).toEqual([]);
  });

  it('should say that the data folder is a file', async () => {
    await using folder = await makeUsedFolder();
    const file = join(folder.path, 'file');
    await writeFile(file, '');

    const { code, stderr } = await runDaywatch({ cwd: folder.path, env: { DAYWATCH_DATA: file } });

    expect(code).toBe(1);
    expect(stderr).toBe(
      `daywatch: the data folder cannot be used: ${file}: it is a file, not a folder; choose another with DAYWATCH_DATA\n`,
    );
  });
});

function runDaywatch(place: Place) {
  return runProgram(['run'], { ...place, env: { DAYWATCH_HTTP_PORT: '0', ...place.env } });
}

async function ask(dsn: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: dsn.trim() });
  await client.connect();
  await client.query(sql);
  await client.end();
}
