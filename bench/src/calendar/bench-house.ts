import { spawn, type ChildProcess } from 'node:child_process';
import { open, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startEmbeddedPostgres } from '@daywatch/embedded-postgres';
import { migrate, openPostgres, type Postgres } from '@daywatch/service-kit/postgres';

const ROOT = resolve(import.meta.dirname, '../../..');

/** A database with the schema of the calendar, and one API process on it. */
export interface BenchDatabase extends AsyncDisposable {
  readonly dsn: string;
  readonly postgres: Postgres;
  readonly api: { readonly host: string; readonly port: number; readonly pid: number };
}

/** Each schema, and the package whose migrations fill it. */
const SCHEMAS = { access: 'access', delivery: 'delivery', calendar: 'calendar', monitor: 'series' };

/** What a benchmark runs against: a durable PostgreSQL of its own, with one database at first. */
export interface BenchHouse extends BenchDatabase {
  /** Another database of the same server, with an API process of its own. */
  addDatabase(name: string): Promise<BenchDatabase>;
}

/**
 * Starts all in a throw-away folder: durable commits, access log into a file, metrics and authentication
 * on, as in production.
 */
export async function openBenchHouse(): Promise<BenchHouse> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-bench-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  // The settings that an administrator would give a database of this size, the same for ours and the limit.
  const settings = { shared_buffers: '1GB', max_wal_size: '4GB', checkpoint_timeout: '30min' };
  const server = stack.use(await startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), settings }));
  const first = stack.use(await openDatabase(folder, 'calendar_api', server.superuserDsn));
  const opened = stack.move();
  return {
    ...first,
    async addDatabase(name) {
      const text = `CREATE DATABASE ${name}`;
      await first.postgres.query({ name: `bench.create_${name}`, text }, []);
      const dsn = new URL(server.superuserDsn);
      dsn.pathname = `/${name}`;
      return openDatabase(folder, name, dsn.href);
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function openDatabase(folder: string, name: string, dsn: string): Promise<BenchDatabase> {
  await using stack = new AsyncDisposableStack();
  const schemas = Object.entries(SCHEMAS).map(([schema, owner]) => ({
    schema,
    directory: join(ROOT, 'packages', owner, 'migrations'),
  }));
  await migrate({ dsn, schemas });
  const postgres = stack.use(openPostgres({ dsn, applicationName: 'bench', statementTimeoutMs: 600_000 }));
  const api = await startApi(folder, name, dsn);
  stack.defer(api.stop);
  const opened = stack.move();
  return { dsn, postgres, api, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}

async function startApi(folder: string, name: string, dsn: string) {
  const host = '127.0.0.1';
  const port = await findFreePort();
  const config = join(folder, `${name}.yaml`);
  const values = { http: { port }, storage: { type: 'postgres', dsn } };
  await writeFile(config, JSON.stringify(values));
  const log = await open(join(folder, `${name}.log`), 'w');
  const main = join(ROOT, 'services/calendar-api/src/main.ts');
  const child = spawn(process.execPath, [main, `--config=${config}`], {
    stdio: ['ignore', log.fd, 'inherit'],
  });
  await log.close();
  const stop = () => stopChild(child);
  try {
    await waitUntilReady(`http://${host}:${port}/health/ready`, child);
  } catch (error) {
    await stop();
    throw error;
  }
  return { host, port, pid: child.pid as number, stop };
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}

const READY_DEADLINE_MS = 30_000;

async function waitUntilReady(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_DEADLINE_MS;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the API process has ended with ${child.exitCode}`);
    const isReady = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    if (performance.now() > deadline) throw new Error(`${url} was not ready within ${READY_DEADLINE_MS} ms`);
    await new Promise((resume) => setTimeout(resume, 50));
  }
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resume) => child.once('exit', resume));
  child.kill('SIGTERM');
  await gone;
}
