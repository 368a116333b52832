import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe } from 'vitest';

import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createPostgresSeries } from '../src/adapters/postgres/index.ts';
import { emptySeriesTables } from './postgres-stores.ts';
import { describeSeriesStores } from './series-stores.contract.ts';

describe.each(POSTGRES_KINDS)('%s', (server) => {
  let database: TestDatabase;
  let admin: Postgres;
  let checker: Postgres;
  let restapi: Postgres;
  beforeAll(async () => {
    database = await createTestDatabase({ server });
    const open = (role?: string): Postgres =>
      openPostgres({ dsn: database.dsn, applicationName: `series test ${role}`, ...(role ? { role } : {}) });
    admin = open();
    // Each side acts as the process that it belongs to, so that the rights are tested too.
    checker = open('daywatch_checker');
    restapi = open('daywatch_restapi');
  });
  afterAll(async () => {
    await Promise.all([admin.close(), checker.close(), restapi.close()]);
    await database.drop();
  });

  describeSeriesStores(server, async () => {
    await emptySeriesTables(admin);
    const { writer, upkeep } = createPostgresSeries(checker);
    return { writer, upkeep, reader: createPostgresSeries(restapi).reader };
  });
});
