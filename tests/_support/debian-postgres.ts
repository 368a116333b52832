import { spawn } from 'node:child_process';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const BINARIES = '/usr/lib/postgresql/15/bin';
const START_DEADLINE_MS = 30_000;

/** Starts Debian's PostgreSQL 15 on a folder and a port of its own. The system's cluster is not touched. */
export async function startDebianPostgres(
  directory: string,
  settings: Readonly<Record<string, string>>,
): Promise<{ readonly dsn: (database: string) => string; readonly stop: () => Promise<void> }> {
  if (!existsSync(join(BINARIES, 'postgres'))) {
    throw new Error(
      `PostgreSQL 15 is missing in ${BINARIES}: install Debian's package postgresql-15 (make test does)`,
    );
  }
  const user = await unprivilegedUser();
  if (user) await chown(directory, user.uid, user.gid);
  const password = randomBytes(16).toString('hex');
  const data = join(directory, 'data');
  const passwordFile = join(directory, 'password');
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user) await chown(passwordFile, user.uid, user.gid);
  await run(
    join(BINARIES, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'postgres',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-sync',
    ],
    { ...user, cwd: directory },
  );
  const port = await freePort();
  const all = {
    ...settings,
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
  };
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = spawn(join(BINARIES, 'postgres'), ['-D', data, ...options], {
    ...user,
    cwd: directory,
    // A process group of its own: Ctrl-C reaches the test run, which then stops the server in order.
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const log: string[] = [];
  server.stderr.setEncoding('utf8').on('data', (text: string) => log.push(text));
  const exited = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const killAtExit = (): void => void server.kill('SIGQUIT');
  process.once('exit', killAtExit);

  const dsn = (database: string): string => `postgres://postgres:${password}@127.0.0.1:${port}/${database}`;
  const stop = async (): Promise<void> => {
    server.kill('SIGINT');
    await exited;
    process.off('exit', killAtExit);
  };
  try {
    await waitUntilReady(dsn('postgres'), () => server.exitCode !== null);
  } catch (error) {
    await stop();
    throw new Error(`PostgreSQL 15 did not start: ${log.join('').trim()}`, { cause: error });
  }
  return { dsn, stop };
}

/** PostgreSQL refuses to run as root: then Debian's own user for it takes over. */
async function unprivilegedUser(): Promise<{ readonly uid: number; readonly gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

async function waitUntilReady(dsn: string, hasExited: () => boolean): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const client = new Client({ connectionString: dsn, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (hasExited() || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
