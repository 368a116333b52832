import { Pool, type ClientBase, type ClientConfig, type PoolClient } from 'pg';
import { connectionFailure, DatabaseUnavailableError, statementFailure } from './errors.ts';
import { createAvailabilityLog } from './availability-log.ts';
import { openSharedConnections } from './shared-connections.ts';
import type { Postgres, PostgresOptions, Queries } from './postgres.ts';
import { runPrepared } from './prepared-query.ts';
import type { SqlParameter, SqlStatement } from './sql-statement.ts';
import { typeParsers } from './types.ts';

/** Reads share so few connections: more would send less together. */
const SHARED_CONNECTIONS = 2;

const pingStatement: SqlStatement<{ readonly one: number }> = {
  name: 'postgres.ping',
  text: 'SELECT 1 AS one',
};

/** Opens a pool. Nothing is connected until it is used, so it may be opened before the server is up. */
export function openPostgres(options: PostgresOptions): Postgres {
  const config = connectionConfig(options);
  const pool = new Pool({ ...config, max: options.maxConnections ?? 10, idleTimeoutMillis: 60_000 });
  const maxWaiting = options.maxWaiting ?? 10_000;
  const availability = createAvailabilityLog(options.log);
  // An idle connection broke: the pool has dropped it already and makes another when it is needed.
  pool.on('error', (error) => availability.lost(error));
  // One that breaks while it is used fails its statement, which tells; unheard, its event would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const shared = openSharedConnections(config, SHARED_CONNECTIONS, (error) => availability.lost(error));
  let inUse = 0;
  let closing: Promise<void> | undefined;
  let reportDrained: () => void = () => undefined;

  /** Counts the work that was accepted, also while it waits for a connection: closing waits for it. */
  async function accept<T>(work: () => Promise<T>): Promise<T> {
    if (closing) throw new DatabaseUnavailableError('closed', 'the connections to the database are closed');
    inUse++;
    try {
      return await work();
    } finally {
      inUse--;
      if (inUse === 0) reportDrained();
    }
  }

  async function acquire(signal: AbortSignal | undefined): Promise<PoolClient> {
    signal?.throwIfAborted();
    if (pool.waitingCount >= maxWaiting) {
      throw tooManyWaiting(maxWaiting);
    }
    try {
      return await connect(pool, signal);
    } catch (error) {
      if (signal?.aborted) throw signal.reason;
      const failure = connectionFailure(error);
      if (failure.reason === 'unreachable') availability.lost(error);
      throw failure;
    }
  }

  async function query<Row>(
    statement: SqlStatement<Row>,
    parameters: readonly SqlParameter[],
    signal?: AbortSignal,
  ): Promise<readonly Row[]> {
    if (statement.isQuickRead) return read(statement, parameters, signal);
    const client = await acquire(signal);
    let failure: Error | undefined;
    try {
      return await run(client, statement, parameters, true);
    } catch (error) {
      failure = error as Error;
      throw failure;
    } finally {
      release(client, failure);
    }
  }

  async function read<Row>(
    statement: SqlStatement<Row>,
    parameters: readonly SqlParameter[],
    signal: AbortSignal | undefined,
  ): Promise<readonly Row[]> {
    signal?.throwIfAborted();
    if (inUse > maxWaiting) throw tooManyWaiting(maxWaiting);
    try {
      const rows = await shared.lend((client) => run(client, statement, parameters, false));
      availability.reached();
      return rows;
    } catch (error) {
      const isAway =
        error instanceof DatabaseUnavailableError &&
        (error.reason === 'lost' || error.reason === 'unreachable');
      if (isAway) availability.lost(error);
      throw error;
    }
  }

  async function transaction<T>(work: (queries: Queries) => Promise<T>, signal?: AbortSignal): Promise<T> {
    const client = await acquire(signal);
    let failure: Error | undefined;
    try {
      // Not awaited: the first statement of the work follows it in the same packet.
      const begun = control(client, 'BEGIN', false);
      begun.catch(() => undefined);
      const result = await work({
        query: (statement, parameters, inner) => {
          inner?.throwIfAborted();
          return run(client, statement, parameters, false);
        },
      });
      await begun;
      const committed = await control(client, 'COMMIT', true);
      if (committed !== 'COMMIT') throw new Error(`a transaction ended with ${committed} instead of COMMIT`);
      return result;
    } catch (error) {
      failure = await rollBack(client, error as Error);
      throw error;
    } finally {
      release(client, failure);
    }
  }

  /** That a connection was to be had says nothing: it may be one that was left from before. What was done with it does. */
  function release(client: PoolClient, failure: Error | undefined): void {
    const broken = failure instanceof DatabaseUnavailableError && failure.reason === 'lost';
    if (broken) availability.lost(failure);
    else availability.reached();
    client.release(broken);
  }

  function close(): Promise<void> {
    closing ??= drain().then(async () => void (await Promise.all([pool.end(), shared.close()])));
    return closing;
  }

  async function drain(): Promise<void> {
    if (inUse === 0) return;
    // Every piece of work is bounded by the time-outs for connecting, statements and idle transactions.
    await new Promise<void>((resolve) => {
      reportDrained = resolve;
    });
  }

  return {
    query: (statement, parameters, signal) => accept(() => query(statement, parameters, signal)),
    transaction: (work, signal) => accept(() => transaction(work, signal)),
    check: (signal) => accept(async () => void (await query(pingStatement, [], signal))),
    usage: () => ({
      open: pool.totalCount + shared.open(),
      idle: pool.idleCount,
      waiting: pool.waitingCount,
    }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function tooManyWaiting(maxWaiting: number): DatabaseUnavailableError {
  return new DatabaseUnavailableError(
    'overloaded',
    `${maxWaiting} callers wait for a database connection already`,
  );
}

async function run<Row>(
  client: ClientBase,
  statement: SqlStatement<Row>,
  parameters: readonly SqlParameter[],
  effective: boolean,
): Promise<readonly Row[]> {
  try {
    return await runPrepared(client, statement, parameters);
  } catch (error) {
    throw statementFailure(statement.name, error, effective);
  }
}

async function control(client: PoolClient, command: string, effective: boolean): Promise<string> {
  try {
    return (await client.query(command)).command;
  } catch (error) {
    throw statementFailure(command, error, effective);
  }
}

/** @returns the failure that says whether the connection can be used again. */
async function rollBack(client: PoolClient, error: Error): Promise<Error> {
  if (error instanceof DatabaseUnavailableError && error.reason === 'lost') return error;
  try {
    await control(client, 'ROLLBACK', false);
    return error;
  } catch (rollbackError) {
    return rollbackError as Error;
  }
}

/** Waits for a connection, and no longer than the signal lets it: one that comes later goes back. */
async function connect(pool: Pool, signal: AbortSignal | undefined): Promise<PoolClient> {
  const connecting = pool.connect();
  if (!signal) return connecting;
  let abort: () => void = () => undefined;
  const aborted = new Promise<'aborted'>((resolve) => {
    abort = () => resolve('aborted');
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    const first = await Promise.race([connecting, aborted]);
    if (first !== 'aborted') return first;
    connecting.then(
      (client) => client.release(),
      () => undefined,
    );
    throw signal.reason;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function connectionConfig(options: PostgresOptions): ClientConfig {
  const statementTimeoutMs = options.statementTimeoutMs ?? 10_000;
  const settings = [
    '-c TimeZone=UTC',
    '-c DateStyle=ISO',
    // Statements are written so that one plan serves all parameters: it is made once per connection,
    // and no data makes the server fall back to planning each call.
    '-c plan_cache_mode=force_generic_plan',
    ...(options.role ? [`-c role=${options.role}`] : []),
  ];
  return {
    connectionString: options.dsn,
    application_name: options.applicationName,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: statementTimeoutMs,
    lock_timeout: options.lockTimeoutMs ?? 5_000,
    idle_in_transaction_session_timeout: statementTimeoutMs,
    // The last resort, where the network swallows the answer: it gives the connection up. On a shared
    // connection that takes others' reads with it, which harms nobody: they can be sent again.
    query_timeout: statementTimeoutMs + 5_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // Lets a transaction send BEGIN and its first statements together, and callers share a connection.
    pipeline: true,
    options: settings.join(' '),
    types: typeParsers,
  };
}
