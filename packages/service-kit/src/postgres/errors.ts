import { DatabaseError } from 'pg';

export type UnavailableReason =
  /** No connection could be made, or no connection became free in time. */
  | 'unreachable'
  /** The connection broke while it was used. */
  | 'lost'
  /** Too many callers wait for a connection already. */
  | 'overloaded'
  /** The statement, or the wait for a row lock, took too long and was ended by the server. */
  | 'timeout'
  /** The server has no room: disk, memory, or it takes no writes at the moment. */
  | 'resources'
  /** This process has closed its connections. */
  | 'closed';

/** The database cannot do what was asked now; the same may work later. */
export class DatabaseUnavailableError extends Error {
  override readonly name = 'DatabaseUnavailableError';
  readonly code = 'database_unavailable';
  readonly reason: UnavailableReason;
  /** True where a write may or may not have taken effect: the connection broke before the answer. */
  readonly outcomeUnknown: boolean;

  constructor(
    reason: UnavailableReason,
    message: string,
    options: ErrorOptions & { outcomeUnknown?: boolean } = {},
  ) {
    super(message, options);
    this.reason = reason;
    this.outcomeUnknown = options.outcomeUnknown ?? false;
  }
}

/** The server refused a statement, which had no effect. Callers branch on `sqlState`. */
export class QueryError extends Error {
  override readonly name = 'QueryError';
  /** Five characters, https://www.postgresql.org/docs/current/errcodes-appendix.html */
  readonly sqlState: string;
  /** The constraint that was violated, if one was. */
  readonly constraint: string | undefined;

  constructor(statement: string, cause: DatabaseError) {
    super(`${statement}: ${cause.message} (SQLSTATE ${cause.code ?? 'unknown'})`, { cause });
    this.sqlState = cause.code ?? '';
    this.constraint = cause.constraint;
  }
}

/** What a failed attempt to connect means. */
export function connectionFailure(error: unknown): DatabaseUnavailableError {
  if (error instanceof DatabaseUnavailableError) return error;
  // The pool's word for a wait that was too long while other callers held every connection.
  if (error instanceof Error && error.message === 'timeout exceeded when trying to connect') {
    return new DatabaseUnavailableError('overloaded', 'no connection to the database became free in time', {
      cause: error,
    });
  }
  return new DatabaseUnavailableError('unreachable', `cannot connect to the database: ${describe(error)}`, {
    cause: error,
  });
}

/**
 * What a failed statement means.
 * @param effective whether the statement may have taken effect if its answer was lost.
 */
export function statementFailure(statement: string, error: unknown, effective: boolean): Error {
  if (error instanceof DatabaseUnavailableError || error instanceof QueryError) return error;
  if (!(error instanceof DatabaseError)) {
    return new DatabaseUnavailableError(
      'lost',
      `${statement}: the connection to the database broke: ${describe(error)}`,
      {
        cause: error,
        outcomeUnknown: effective,
      },
    );
  }
  const reason = reasonOf(error.code ?? '');
  if (reason === undefined) return new QueryError(statement, error);
  // The server told us that it ended the statement, so nothing of it took effect; only while it shuts
  // down may a commit have gone through before the message.
  return new DatabaseUnavailableError(reason, `${statement}: ${error.message} (SQLSTATE ${error.code})`, {
    cause: error,
    outcomeUnknown: reason === 'lost' && effective,
  });
}

function reasonOf(sqlState: string): UnavailableReason | undefined {
  switch (sqlState) {
    case '57014': // query_canceled: statement_timeout
    case '55P03': // lock_not_available: lock_timeout
    case '25P03': // idle_in_transaction_session_timeout
    case '25P04': // transaction_timeout
      return 'timeout';
    case '25006': // read_only_sql_transaction: a standby, or a disk that is full
      return 'resources';
    default:
      break;
  }
  switch (sqlState.slice(0, 2)) {
    case '08': // connection exception
    case '57': // admin_shutdown, crash_shutdown, cannot_connect_now
      return 'lost';
    case '53': // disk full, out of memory, too many connections
    case '58': // I/O error
      return 'resources';
    default:
      return undefined;
  }
}

function describe(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(describe).join('; ');
  return error instanceof Error ? error.message : String(error);
}
