import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { createToken, hashSecret, type Scope } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { silentLog } from '@daywatch/service-kit/log';
import { findMigrations, openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../tests/_support/databases.ts';
import { createRestapi, restapiSchema } from '../src/index.ts';

let database: TestDatabase;
let db: Postgres;
beforeAll(async () => {
  database = await createTestDatabase();
  db = openPostgres({ dsn: database.dsn, applicationName: 'access test' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

async function makeToken(scopes: readonly Scope[]): Promise<string> {
  const context = { tokens: createPostgresAccess(db).tokens, clock: Date, random: randomBytes };
  const name = randomBytes(4).toString('hex');
  const { secret } = await createToken(context, { name, userId: 'ann', scopes });
  return secret.reveal();
}

/** Runs a process with these settings while `work` runs. */
async function serve(auth: object, work: (origin: string) => Promise<void>): Promise<void> {
  const config = restapiSchema.parse({ http: { port: 0 }, storage: { dsn: database.dsn }, auth });
  await using restapi = createRestapi(config, {
    log: silentLog(),
    migrations: findMigrations(join(import.meta.dirname, '../src'), ['access', 'monitor']),
    signal: new AbortController().signal,
    remainingDrainMs: () => 1000,
  });
  const { port } = await restapi.start();
  await restapi.ready;
  await work(`http://127.0.0.1:${port}`);
}

const PATHS = [
  'metrics',
  'checks',
  'targets',
  'series',
  'monitor/board',
  'monitor/results',
  'monitor/events',
];

describe('who may read', () => {
  it('should be who has a token with the scope monitor:read', async () => {
    const [reader, other] = await Promise.all([makeToken(['monitor:read']), makeToken(['calendar'])]);
    await serve({}, async (origin) => {
      const ask = (path: string, token?: string) =>
        fetch(
          `${origin}${path}`,
          token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
        );
      for (const path of PATHS) {
        expect([path, (await ask(`/api/v1/${path}`)).status]).toEqual([path, 401]);
        const refused = await ask(`/api/v1/${path}`, other);
        expect([path, refused.status]).toEqual([path, 403]);
        expect(await refused.json()).toMatchObject({ code: 403, error: 'forbidden' });
      }
      expect((await ask('/api/v1/checks', reader)).status).toBe(200);
      expect((await ask('/api/v1/checks', `${reader}x`)).status).toBe(401);
    });
  });

  it('should not matter for health, metrics and the documentation', async () => {
    await serve({}, async (origin) => {
      for (const path of ['/health', '/health/live', '/health/ready', '/metrics', '/openapi.json']) {
        expect([path, (await fetch(origin + path)).status]).toEqual([path, 200]);
      }
    });
  });

  it('should be everybody who reaches loopback with auth.mode none', async () => {
    await serve({ mode: 'none' }, async (origin) => {
      expect((await fetch(`${origin}/api/v1/checks`)).status).toBe(200);
    });
  });

  it('should be whom a gateway has authenticated with auth.mode trusted-header', async () => {
    await serve({ mode: 'trusted-header' }, async (origin) => {
      const headers = { 'x-user-id': 'ann' };
      expect((await fetch(`${origin}/api/v1/checks`, { headers })).status).toBe(200);
      expect((await fetch(`${origin}/api/v1/checks`)).status).toBe(401);
    });
  });

  it('should be found out with the rights of the role daywatch_restapi, which writes nothing', async () => {
    const token = await makeToken(['monitor:read']);
    const role = openPostgres({
      dsn: database.dsn,
      applicationName: 'access test',
      role: 'daywatch_restapi',
    });
    try {
      const { tokens, sessions } = createPostgresAccess(role);
      const stored = await tokens.findByHash(hashSecret(token));
      expect(stored?.token.scopes).toEqual(['monitor:read']);
      expect(await sessions.findByHash(hashSecret('nobody'))).toBeUndefined();
      await expect(tokens.touch(stored?.token.id ?? expect.unreachable(), 1)).rejects.toThrow(
        'permission denied',
      );
    } finally {
      await role.close();
    }
  });
});
