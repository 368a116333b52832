import type { EmbeddedPostgres, PostgresExit } from './embedded-postgres.ts';
import { SUPERUSER } from './initialize.ts';
import { stopPostmaster, sweepChildren } from './postmaster.ts';
import { STOP_LADDER } from './processes.ts';
import type { Program } from './run-program.ts';
import { waitAtMost } from './wait.ts';

interface Running {
  readonly program: Program;
  readonly cluster: string;
  readonly address: {
    readonly host: string;
    readonly port: number;
    readonly password: string;
    readonly version: string;
  };
  /** Given back when the server is gone, so that the folder can be used again. */
  readonly lease: AsyncDisposable;
}

/** What the caller holds while the server runs. */
export function makeHandle({ program, cluster, address, lease }: Running): EmbeddedPostgres {
  const { host, port, password, version } = address;
  let stopping: Promise<void> | undefined;
  const exited = program.exited.then(async (exit): Promise<PostgresExit> => {
    const wasRequested = stopping !== undefined;
    // What resists even this, the next start meets again.
    await sweepChildren(cluster).catch(() => undefined);
    await waitAtMost(program.closed, 1_000);
    await lease[Symbol.asyncDispose]();
    return { ...exit, wasRequested, lastLines: program.lastLines() };
  });
  const stop = async (): Promise<void> => {
    stopping ??= stopPostmaster(program, STOP_LADDER);
    await stopping;
    await exited;
  };
  const dsn = (database = 'postgres'): string =>
    `postgres://${SUPERUSER}:${password}@${host}:${port}/${encodeURIComponent(database)}`;
  return {
    host,
    port,
    superuserDsn: dsn(),
    version,
    pid: program.pid,
    dsn,
    stop,
    exited,
    [Symbol.asyncDispose]: stop,
  };
}
