import { join } from 'node:path';
import { createToken, revokeToken } from '@daywatch/access';
import { createPostgresAccess } from '@daywatch/access/postgres';
import type { NewCheckResult, TargetDescription, TargetReport } from '@daywatch/monitor';
import { createPostgresCheckResults, createPostgresTargets } from '@daywatch/monitor/postgres';
import { makeLabels, type LayoutId, type SeriesStores, type SourceId } from '@daywatch/series';
import { createPostgresSeries } from '@daywatch/series/postgres';
import { silentLog } from '@daywatch/service-kit/log';
import { findMigrations, openPostgres } from '@daywatch/service-kit/postgres';
import type { FastifyInstance } from 'fastify';
import { randomBytes, randomUUID } from 'node:crypto';
import { createTestDatabase, type PostgresKind } from '../../../../tests/_support/databases.ts';
import { createRestapi, restapiSchema } from '../../src/index.ts';
import { readDocument, type ApiDocument } from './api-document.ts';

/** Tests look into answers freely: the documentation has been held to them already. */
export type Json = ReturnType<typeof JSON.parse>;

/** An answer that was held to the documentation. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
}

/** restapi in this process on a database of its own, and the means to write what a checker would. */
export interface House extends AsyncDisposable {
  readonly dsn: string;
  readonly origin: string;
  readonly app: FastifyInstance;
  readonly document: ApiDocument;
  readonly series: SeriesStores;
  readonly checks: ReturnType<typeof createPostgresCheckResults>;
  readonly targets: ReturnType<typeof createPostgresTargets>;
  /** Asks, and checks that the documentation describes the answer. */
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;
  /** Makes the token with which it asks useless, as another process would. */
  readonly revoke: () => Promise<void>;
  /** Asks in any way. */
  readonly fetch: (path: string, init?: RequestInit) => Promise<Response>;
}

export async function openHouse(server: PostgresKind = 'postgres18'): Promise<House> {
  const stack = new AsyncDisposableStack();
  const database = stack.use(await createTestDatabase({ server }));
  const { dsn } = database;
  const db = openPostgres({ dsn, applicationName: 'restapi test' });
  stack.defer(() => db.close());
  const controller = new AbortController();
  const config = restapiSchema.parse({ http: { port: 0 }, storage: { dsn } });
  const restapi = stack.use(
    createRestapi(config, {
      log: silentLog(),
      migrations: findMigrations(join(import.meta.dirname, '../../src'), ['access', 'monitor']),
      signal: controller.signal,
      remainingDrainMs: () => 5000,
    }),
  );
  stack.defer(() => controller.abort());
  const { port } = await restapi.start();
  await restapi.ready;
  const context = { tokens: createPostgresAccess(db).tokens, clock: Date, random: randomBytes };
  const { secret, token } = await createToken(context, {
    name: 'test',
    userId: 'ann',
    scopes: ['monitor:read'],
  });
  const origin = `http://127.0.0.1:${port}`;
  const authorization = `Bearer ${secret.reveal()}`;
  const ask: House['fetch'] = (path, init = {}) =>
    fetch(`${origin}${path}`, { ...init, headers: { authorization, ...(init.headers as object) } });
  const document = await readDocument(origin);
  return {
    dsn,
    origin,
    app: restapi.app,
    document,
    series: createPostgresSeries(db),
    checks: createPostgresCheckResults(db),
    targets: createPostgresTargets(db),
    fetch: ask,
    revoke: async () => void (await revokeToken(context, { nameOrId: token.id })),
    async get(path, headers = {}) {
      const response = await ask(path, { headers });
      const text = await response.text();
      const body = text === '' ? undefined : (JSON.parse(text) as unknown);
      document.check('get', path, response.status, body);
      return { status: response.status, headers: response.headers, body };
    },
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

export interface Scraped {
  readonly source: SourceId;
  readonly layout: LayoutId;
}

/** A target that exposes certain series; `metric` or `metric{a="b"}` as labels. */
export async function openSource(
  { series: { writer } }: House,
  job: string,
  series: readonly Readonly<Record<string, string>>[],
): Promise<Scraped> {
  const source = await writer.openSource(
    `target ${job}`,
    makeLabels({ job, instance: `${job}.example:9100` }),
  );
  const layout = await writer.registerLayout(series.map((labels) => makeLabels(labels)));
  return { source, layout };
}

export function describeTarget(id: string, more: Partial<TargetDescription> = {}): TargetDescription {
  return {
    id,
    domain: id,
    kind: 'prometheus',
    url: `http://${id}.example:9100`,
    intervalMs: 5000,
    timeoutMs: 3000,
    ...more,
  };
}

/** Has a checker take these targets, as if it had just started. */
export async function watch(
  { targets: { leases } }: House,
  targets: readonly TargetDescription[],
): Promise<void> {
  await leases.renew({ checkerId: randomUUID(), checkerName: 'checker-1', targets, leaseMs: 3_600_000 });
}

export function report(targetId: string, atMs: number, more: Partial<TargetReport> = {}): TargetReport {
  return {
    targetId,
    status: 'pass',
    reason: undefined,
    atMs,
    durationMs: 12.5,
    scrape: { kind: 'read', samples: 3, refused: 0 },
    ...more,
  };
}

export function checked(
  domain: string,
  atMs: number,
  status: NewCheckResult['status'] = 'pass',
  more: Partial<NewCheckResult> = {},
): NewCheckResult {
  return { targetId: domain, domain, atMs, status, durationMs: 12.5, reason: undefined, ...more };
}
