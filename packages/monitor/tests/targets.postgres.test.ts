import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe } from 'vitest';
import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createPostgresTargets } from '../src/adapters/postgres/index.ts';
import { describeTargetStores } from './targets.contract.ts';

/** The clock of the database cannot be set; all that it is compared with can. */
const letPass = {
  name: 'test.let-pass',
  text: `UPDATE monitor.checker SET expires_at = expires_at - $1::float8 * interval '1 millisecond'`,
};

describe.each(POSTGRES_KINDS)('%s', (server) => {
  let database: TestDatabase;
  let admin: Postgres;
  let checker: Postgres;
  let restapi: Postgres;
  beforeAll(async () => {
    database = await createTestDatabase({ server });
    const open = (role?: string): Postgres =>
      openPostgres({ dsn: database.dsn, applicationName: `targets test ${role}`, ...(role ? { role } : {}) });
    admin = open();
    // Each side acts as the process that it belongs to, so that the rights are tested too.
    checker = open('daywatch_checker');
    restapi = open('daywatch_restapi');
  });
  afterAll(async () => {
    await Promise.all([admin.close(), checker.close(), restapi.close()]);
    await database.drop();
  });

  describeTargetStores(server, async () => {
    for (const table of ['target', 'checker']) {
      await admin.query({ name: `test.empty-${table}`, text: `DELETE FROM monitor.${table}` }, []);
    }
    const { leases, board } = createPostgresTargets(checker);
    const pass = async (ms: number): Promise<void> => void (await admin.query(letPass, [ms]));
    return { leases, board, reader: createPostgresTargets(restapi).board, pass };
  });
});
