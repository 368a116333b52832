import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe } from 'vitest';
import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createPostgresCheckResults } from '../src/adapters/postgres/index.ts';
import { describeCheckResultStore } from './check-result-store.contract.ts';

describe.each(POSTGRES_KINDS)('%s', (server) => {
  let database: TestDatabase;
  let admin: Postgres;
  let checker: Postgres;
  let restapi: Postgres;
  beforeAll(async () => {
    database = await createTestDatabase({ server });
    const open = (role?: string): Postgres =>
      openPostgres({ dsn: database.dsn, applicationName: `checks test ${role}`, ...(role ? { role } : {}) });
    admin = open();
    // Each side acts as the process that it belongs to, so that the rights are tested too.
    checker = open('daywatch_checker');
    restapi = open('daywatch_restapi');
  });
  afterAll(async () => {
    await Promise.all([admin.close(), checker.close(), restapi.close()]);
    await database.drop();
  });

  describeCheckResultStore(server, async () => {
    for (const table of ['check_result', 'check_hour', 'check_day', 'check_subject']) {
      await admin.query({ name: `test.empty-${table}`, text: `DELETE FROM monitor.${table}` }, []);
    }
    const written = createPostgresCheckResults(checker);
    const read = createPostgresCheckResults(restapi);
    return {
      append: (...given) => written.append(...given),
      dropBefore: (...given) => written.dropBefore(...given),
      last: (...given) => read.last(...given),
      counts: (...given) => read.counts(...given),
      recent: (...given) => read.recent(...given),
    };
  });
});
