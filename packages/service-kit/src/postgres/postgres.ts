import type { SqlParameter, SqlStatement } from './sql-statement.ts';

/** Runs statements: on a connection of its own choice, or in one transaction. */
export interface Queries {
  /**
   * Runs one statement, prepared on first use. Outside of `transaction` it is a transaction of its own.
   * @param signal stops the call while it waits for a connection. A statement that was sent runs to its
   *   end, which the server's statement timeout bounds, and its outcome is reported: a write is never
   *   called failed while it may yet take effect.
   * @throws QueryError, DatabaseUnavailableError, or the signal's reason.
   */
  query<Row>(
    statement: SqlStatement<Row>,
    parameters: readonly SqlParameter[],
    signal?: AbortSignal,
  ): Promise<readonly Row[]>;
}

/** A bounded set of connections to one database. It reconnects by itself. */
export interface Postgres extends Queries, AsyncDisposable {
  /**
   * Runs `work` in a transaction (read committed) and commits it. What `work` throws rolls back and is
   * thrown. Statements may be sent without awaiting the one before: they run in order.
   */
  transaction<T>(work: (queries: Queries) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Resolves when the database answers a trivial query; for readiness. */
  check(signal?: AbortSignal): Promise<void>;
  /** How the connections are used, for metrics. */
  usage(): { readonly open: number; readonly idle: number; readonly waiting: number };
  /** Takes no new work, lets running statements finish, and closes. Idempotent. */
  close(): Promise<void>;
}

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  readonly dsn: string;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  /** Default 10. */
  readonly maxConnections?: number;
  /** Callers that may wait for a connection. Default 10,000; one more is refused as overloaded. */
  readonly maxWaiting?: number;
  /** How long to wait for a free connection, and for a new one to be made. Default 5,000. */
  readonly connectTimeoutMs?: number;
  /** The server ends a statement that takes longer. Default 10,000. */
  readonly statementTimeoutMs?: number;
  /** The server ends a statement that waits longer for a lock. Default 5,000. */
  readonly lockTimeoutMs?: number;
  /** The role to act as: what the connecting user may do beyond it is given up. */
  readonly role?: string;
  /** Takes one line when the database goes away, and one when it is back. */
  readonly log?: (line: string) => void;
}
