import { describe, expect, it } from 'vitest';
import { createTestDatabase, migrationSources, POSTGRES_KINDS } from '../../../tests/_support/databases.ts';
import { migrate, readMigrationStatus } from '../src/postgres/index.ts';

describe.each(POSTGRES_KINDS)('migrate on %s', (server) => {
  it('should apply everything once when it runs twice at once', async () => {
    await using database = await createTestDatabase({ server, migrated: false });
    const schemas = await migrationSources();

    const runs = await Promise.all([1, 2].map(() => migrate({ dsn: database.dsn, schemas })));

    expect(runs.map((applied) => applied.length).sort((a, b) => a - b)).toEqual([0, runs.flat().length]);
    expect(runs.flat()).toContain('calendar/0001_calendars');
    expect(await readMigrationStatus(database.dsn, schemas)).toEqual({ missing: [], unknown: [] });
  });
});
