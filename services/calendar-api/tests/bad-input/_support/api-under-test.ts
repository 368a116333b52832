import { createSignInCode, createToken, revokeToken } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import { openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import { randomBytes } from 'node:crypto';
import { createTestDatabase } from '../../../../../tests/_support/databases.ts';
import { startReadyApi } from '../../_support/process.ts';
import { openSnapshots, type Snapshots } from './snapshots.ts';

/** The real process on a real database, with two users, so that one can reach for what is the other's. */
export interface ApiUnderTest extends AsyncDisposable {
  readonly port: number;
  readonly origin: string;
  readonly tokens: Tokens;
  /** The cookie of Alice's browser, as it sends it. */
  readonly cookie: string;
  /** Every row of the calendar's tables, as text to compare. */
  readonly rows: Snapshots['rows'];
  /** Lines of the log that say that something broke. */
  readonly failures: () => readonly string[];
}

export interface Tokens {
  readonly alice: string;
  readonly bob: string;
  readonly revoked: string;
  readonly expired: string;
  /** May read the monitor, and nothing of the calendar. */
  readonly monitorOnly: string;
}

const HOUR_MS = 3_600_000;

export async function startApiUnderTest(): Promise<ApiUnderTest> {
  const database = await createTestDatabase();
  // The rights of the service, and no more.
  const dsn = `${database.dsn}?options=${encodeURIComponent('-c role=daywatch_calendar')}`;
  const api = await startReadyApi({ DAYWATCH_STORAGE_DSN: dsn });
  const db = openPostgres({ dsn: database.dsn, applicationName: 'bad-input test', maxConnections: 2 });
  const tokens = await makeTokens(db);
  const cookie = await signIn(db, api.origin);
  const snapshots = await openSnapshots(database.dsn);
  return {
    port: api.port,
    origin: api.origin,
    tokens,
    cookie,
    rows: snapshots.rows,
    failures: () => api.stdout().split('\n').filter(tellsOfFailure),
    [Symbol.asyncDispose]: async () => {
      await api.stop();
      await snapshots[Symbol.asyncDispose]();
      await db.close();
      await database.drop();
    },
  };
}

async function makeTokens(db: Postgres): Promise<Tokens> {
  const { tokens } = createPostgresAccess(db);
  const make = async (userId: string, name: string, scopes = ['calendar'], madeAtMs = Date.now()) => {
    const context = { tokens, clock: { now: () => madeAtMs }, random: (size: number) => randomBytes(size) };
    const expiresInMs = name === 'expired' ? 1000 : null;
    const { secret, token } = await createToken(context, { name, userId, scopes, expiresInMs });
    if (name === 'revoked') await revokeToken(context, { nameOrId: token.id });
    return secret.reveal();
  };
  return {
    alice: await make('alice', 'phone'),
    bob: await make('bob', 'phone'),
    revoked: await make('alice', 'revoked'),
    expired: await make('alice', 'expired', ['calendar'], Date.now() - HOUR_MS),
    monitorOnly: await make('alice', 'monitor', ['monitor:read']),
  };
}

async function signIn(db: Postgres, origin: string): Promise<string> {
  const { sessions } = createPostgresAccess(db);
  const context = { sessions, clock: { now: () => Date.now() }, random: (size: number) => randomBytes(size) };
  const code = (await createSignInCode(context, { userId: 'alice' })).reveal();
  const answer = await fetch(`${origin}/sign-in?code=${code}`, { redirect: 'manual' });
  const [cookie] = answer.headers.getSetCookie();
  if (cookie === undefined) throw new Error(`signing in answered ${answer.status} without a cookie`);
  return cookie.split(';', 1)[0] ?? '';
}

function tellsOfFailure(line: string): boolean {
  return /"level":(?:"error"|"fatal"|50|60)/.test(line);
}
