import { readdir, readFile } from 'node:fs/promises';
import { Client } from 'pg';

/** Stops the server of a DSN where it stands (SIGSTOP), with everything that works for it. @returns what lets it go on */
export async function pausePostgres(dsn: string): Promise<() => void> {
  const server = await findServer(dsn);
  // It first, so that it begins nothing new meanwhile.
  process.kill(server, 'SIGSTOP');
  const workers = await childrenOf(server);
  for (const pid of workers) process.kill(pid, 'SIGSTOP');
  return () => {
    for (const pid of [...workers, server]) process.kill(pid, 'SIGCONT');
  };
}

/** The parent of the process that answers a connection. */
async function findServer(dsn: string): Promise<number> {
  const client = new Client({ connectionString: dsn });
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const pid = rows[0] && (await parentOf(rows[0].pid));
    if (pid === undefined) throw new Error('the process that answers has no parent');
    return pid;
  } finally {
    await client.end();
  }
}

async function childrenOf(parent: number): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const parents = await Promise.all(pids.map(parentOf));
  return pids.filter((_, i) => parents[i] === parent);
}

async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  const parent = /^PPid:\t(\d+)$/m.exec(status)?.[1];
  return parent === undefined ? undefined : Number(parent);
}
