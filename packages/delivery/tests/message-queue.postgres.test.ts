import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe } from 'vitest';

import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { describeMessageQueue } from './message-queue.contract.ts';
import { makePostgresHarness } from './_support/postgres-harness.ts';

describe.each(POSTGRES_KINDS)('%s', (server) => {
  let database: TestDatabase;
  let admin: Postgres;
  beforeAll(async () => {
    database = await createTestDatabase({ server });
    admin = openPostgres({ dsn: database.dsn, applicationName: 'delivery test, foreign publisher' });
  });
  afterAll(async () => {
    await admin.close();
    await database.drop();
  });

  describeMessageQueue(server, () => makePostgresHarness(database.dsn, admin));
});
