import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** What pgbench made of a script: the limit that PostgreSQL itself sets on this machine. */
export interface RawResult {
  readonly perSecond: number;
  readonly failed: number;
}

export interface PgbenchOptions {
  readonly clients: number;
  readonly seconds: number;
  /** Variables of the script, set before its first turn. */
  readonly defines?: Readonly<Record<string, number>>;
}

/**
 * Runs a script with Debian's pgbench: `clients` connections, prepared statements, for some seconds.
 * @throws where pgbench is missing or a transaction failed.
 */
export async function runPgbench(
  dsn: string,
  script: string,
  { clients, seconds, defines = {} }: PgbenchOptions,
): Promise<RawResult> {
  const folder = await mkdtemp(join(tmpdir(), 'daywatch-pgbench-'));
  try {
    const file = join(folder, 'script.sql');
    await writeFile(file, script);
    const variables = Object.entries(defines).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
    const load = ['-c', String(clients), '-j', '1', '-T', String(seconds)];
    const args = ['-n', '-M', 'prepared', ...load, ...variables, '-f', file, dsn];
    const { stdout } = await execute(findPgbench(), args, { maxBuffer: 1 << 24 });
    const perSecond = Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
    const failed = Number(/failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
    if (!(perSecond > 0) || failed > 0) throw new Error(`pgbench failed:\n${stdout}`);
    return { perSecond, failed };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function findPgbench(): string {
  const candidates = ['18', '17', '16', '15'].map((major) => `/usr/lib/postgresql/${major}/bin/pgbench`);
  const found = candidates.find((file) => existsSync(file));
  if (!found) throw new Error("pgbench is missing: apt-get install postgresql-15 (Debian's package)");
  return found;
}
