import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { createTestDatabase, POSTGRES_KINDS, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createPostgresAccess } from '../src/adapters/postgres/index.ts';
import {
  bootstrapToken,
  createSignInCode,
  createToken,
  redeemSignInCode,
  revokeToken,
} from '../src/index.ts';
import { describeAccessStores } from './access-stores.contract.ts';
import { createTestContext } from './support.ts';

const truncate = {
  name: 'test.truncate',
  text: 'TRUNCATE access.users, access.tokens, access.bootstrap, access.sign_in_codes, access.sessions',
};

describe.each(POSTGRES_KINDS)('%s', (server) => {
  let database: TestDatabase;
  let other: TestDatabase;
  let db: Postgres;
  let otherDb: Postgres;
  beforeAll(async () => {
    [database, other] = await Promise.all([createTestDatabase({ server }), createTestDatabase({ server })]);
    db = open(database.dsn);
    otherDb = open(other.dsn);
  });
  beforeEach(async () => {
    await Promise.all([db.query(truncate, []), otherDb.query(truncate, [])]);
    isFirst = true;
  });
  afterAll(async () => {
    await Promise.all([db.close(), otherDb.close()]);
    await Promise.all([database.drop(), other.drop()]);
  });

  // The contract asks for stores up to twice in a test, each time for empty ones.
  let isFirst = true;
  describeAccessStores(server, async () => {
    const stores = createPostgresAccess(isFirst ? db : otherDb);
    isFirst = false;
    return stores;
  });

  it('should let the role of the calendar do all that its processes need, and no more', async () => {
    await using limited = openPostgres({
      dsn: database.dsn,
      applicationName: 'access test as daywatch_calendar',
      role: 'daywatch_calendar',
    });
    const context = createTestContext(createPostgresAccess(limited));
    const run = (text: string) => limited.query({ name: `test.${text.length}`, text }, []);

    await bootstrapToken(context, { fileText: '0a1b2c3d4e5f60718293a4b5c6d7e8f9'.repeat(2), userId: 'ann' });
    const { token } = await createToken(context, { name: 'x', userId: 'ann', scopes: ['calendar'] });
    await context.tokens.touch(token.id, 1);
    await revokeToken(context, { nameOrId: token.id });
    const code = await createSignInCode(context, { userId: 'ann' });
    const started = await redeemSignInCode(context, code.reveal());
    await context.sessions.remove(started?.session.hash ?? expect.unreachable());

    await expect(run("UPDATE access.tokens SET user_id = 'bob'")).rejects.toThrow('permission denied');
    await expect(run('DELETE FROM access.tokens')).rejects.toThrow('permission denied');
    await expect(run("UPDATE access.sessions SET user_id = 'bob'")).rejects.toThrow('permission denied');
    await expect(run('DROP TABLE access.tokens CASCADE')).rejects.toThrow('must be owner');
  });

  it('should keep nothing that a secret could be read from', async () => {
    const context = createTestContext(createPostgresAccess(db));
    const { secret } = await createToken(context, { name: 'x', userId: 'ann', scopes: ['calendar'] });
    const code = await createSignInCode(context, { userId: 'ann' });
    const started = await redeemSignInCode(context, code.reveal());
    await createSignInCode(context, { userId: 'ann' });
    const everything = {
      name: 'test.everything',
      text: `SELECT row_to_json(t)::text AS line FROM access.tokens t
             UNION ALL SELECT row_to_json(c)::text FROM access.sign_in_codes c
             UNION ALL SELECT row_to_json(s)::text FROM access.sessions s`,
    };

    const lines = await db.query<{ readonly line: string }>(everything, []);

    expect(lines).toHaveLength(3);
    const kept = lines.map(({ line }) => line).join('\n');
    for (const text of [secret, code, started?.secret]) {
      expect(kept).not.toContain(text?.reveal().slice(3, 40) ?? expect.unreachable());
    }
  });

  it('should ignore a scope that a newer version has given', async () => {
    const stores = createPostgresAccess(db);
    const { token } = await createToken(createTestContext(stores), {
      name: 'x',
      userId: 'ann',
      scopes: ['calendar'],
    });
    const text = `UPDATE access.tokens SET scopes = '{future,calendar}'`;
    await db.query({ name: 'test.newer-scope', text }, []);

    const [listed] = await stores.tokens.list({
      userId: token.userId,
      name: undefined,
      includeRevoked: true,
      limit: 1,
    });

    expect(listed?.scopes).toEqual(['calendar']);
  });

  it('should find a token and a session by an index', async () => {
    const plan = async (table: string): Promise<string> => {
      const text = `EXPLAIN SELECT * FROM access.${table} WHERE hash = 'x'`;
      const rows = await db.transaction(async (queries) => {
        await queries.query({ name: 'test.no-seqscan', text: 'SET LOCAL enable_seqscan = off' }, []);
        return queries.query<{ readonly 'QUERY PLAN': string }>({ name: `test.plan-${table}`, text }, []);
      });
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };

    expect(await plan('tokens')).toContain('tokens_hash');
    expect(await plan('sessions')).toContain('sessions_pkey');
  });
});

function open(dsn: string): Postgres {
  return openPostgres({ dsn, applicationName: 'access test', maxConnections: 20 });
}
