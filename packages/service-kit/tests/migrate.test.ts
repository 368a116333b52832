import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { createTestDatabase, migrationSources, POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { DatabaseUnavailableError, migrate, readMigrationStatus } from '../src/postgres/index.ts';

describe.each(POSTGRES_KINDS)('migrate on %s', (server) => {
  it('should apply everything once when it runs twice at once', async () => {
    await using database = await createTestDatabase({ server, migrated: false });
    const schemas = await migrationSources();
    const before = await readMigrationStatus(database.dsn, schemas);

    const runs = await Promise.all([1, 2].map(() => migrate({ dsn: database.dsn, schemas })));

    expect(runs.map((applied) => applied.length).sort((a, b) => a - b)).toEqual([0, runs.flat().length]);
    expect(runs.flat()).toEqual(before.missing);
    expect(runs.flat()).toContain('calendar/0001_calendars');
    expect(await readMigrationStatus(database.dsn, schemas)).toEqual({ missing: [], unknown: [] });
  });

  it('should give everything to the owner role', async () => {
    await using database = await createTestDatabase({ server });

    const rows = await ask(
      database.dsn,
      `SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE relnamespace = 'calendar'::regnamespace`,
    );

    expect(rows).toEqual([{ owner: 'daywatch_owner' }]);
  });

  it('should refuse a database that a newer version has migrated', async () => {
    await using database = await createTestDatabase({ server });
    await ask(database.dsn, `INSERT INTO calendar.migrations (name, run_on) VALUES ('9999_future', now())`);

    const migrating = migrate({ dsn: database.dsn, schemas: await migrationSources() });

    await expect(migrating).rejects.toMatchObject({
      code: 'database_newer',
      message: expect.stringContaining('calendar/9999_future') as string,
    });
  });

  it('should leave nothing of a migration that fails, and keep those before it', async () => {
    await using database = await createTestDatabase({ server, migrated: false });
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, '0001_good.sql'), 'CREATE TABLE sample.good (id integer);');
    await writeFile(
      join(folder.path, '0002_bad.sql'),
      'CREATE TABLE sample.half (id integer); SELECT * FROM nowhere;',
    );
    const schemas = [{ schema: 'sample', directory: folder.path }];

    await expect(migrate({ dsn: database.dsn, schemas })).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringContaining('nowhere') as string,
    });

    expect(await readMigrationStatus(database.dsn, schemas)).toEqual({
      missing: ['sample/0002_bad'],
      unknown: [],
    });
    expect(
      await ask(
        database.dsn,
        `SELECT to_regclass('sample.good') IS NOT NULL AS good, to_regclass('sample.half') IS NULL AS gone`,
      ),
    ).toEqual([{ good: true, gone: true }]);
  });

  it('should migrate as a user who may not make roles but owns the database', async () => {
    await using database = await createTestDatabase({ server, migrated: false });
    await using user = await temporaryUser(database.dsn);
    await ask(
      database.dsn,
      `ALTER DATABASE ${new URL(database.dsn).pathname.slice(1)} OWNER TO ${user.name}`,
    );

    const applied = await migrate({ dsn: user.dsn, schemas: await migrationSources() });

    expect(applied).toContain('calendar/0001_calendars');
    expect(await migrate({ dsn: database.dsn, schemas: await migrationSources() })).toEqual([]);
    await ask(database.dsn, `REASSIGN OWNED BY ${user.name} TO CURRENT_USER; DROP OWNED BY ${user.name}`);
  });

  it('should say what is missing where the user may not make a schema', async () => {
    await using database = await createTestDatabase({ server, migrated: false });
    await using user = await temporaryUser(database.dsn);

    const migrating = migrate({ dsn: user.dsn, schemas: await migrationSources() });

    await expect(migrating).rejects.toMatchObject({
      code: 'not_permitted',
      message: expect.stringContaining('CREATE on the database') as string,
    });
  });
});

it('should say that a database cannot be reached', async () => {
  const dsn = 'postgres://nobody@127.0.0.1:1/none';

  await expect(migrate({ dsn, schemas: [] })).rejects.toThrow(DatabaseUnavailableError);
  await expect(readMigrationStatus(dsn, [])).rejects.toThrow(DatabaseUnavailableError);
});

async function ask(dsn: string, sql: string): Promise<readonly unknown[]> {
  const client = new Client({ connectionString: dsn });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function temporaryUser(
  adminDsn: string,
): Promise<AsyncDisposable & { readonly name: string; readonly dsn: string }> {
  const name = `test_user_${randomBytes(6).toString('hex')}`;
  await ask(adminDsn, `CREATE ROLE ${name} LOGIN PASSWORD 'secret'`);
  const url = new URL(adminDsn);
  url.username = name;
  url.password = 'secret';
  return {
    name,
    dsn: url.href,
    [Symbol.asyncDispose]: async () => void (await ask(adminDsn, `DROP OWNED BY ${name}; DROP ROLE ${name}`)),
  };
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'daywatch-migrations-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
