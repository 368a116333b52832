import type { ProgramExit } from './run-program.ts';

export interface StartOptions {
  /** The folder for the cluster and what belongs to it, for example `.daywatch/postgres`. Made when absent. */
  readonly dataDir: string;
  /** 0, the default: any free port. Only 127.0.0.1 is listened on, and no unix socket is made. */
  readonly port?: number | undefined;
  /** Default true. False turns fsync off: fast, and a power cut may destroy the data. For tests. */
  readonly durable?: boolean | undefined;
  /** More settings of postgresql.conf, such as `{ max_connections: '200' }`. Address and port stay ours. */
  readonly settings?: Readonly<Record<string, string>> | undefined;
  /** Takes each line that PostgreSQL logs, and what this package has to say. */
  readonly log?: ((line: string) => void) | undefined;
  /** Ends the start with `aborted`. Nothing is left running then. It has no effect afterwards. */
  readonly signal?: AbortSignal | undefined;
  /** The folder with PostgreSQL's `bin`, `lib` and `share`, when it is not the one from npm. */
  readonly binariesDir?: string | undefined;
  /** How long the server may take until it answers, recovery after a crash included. Default 120 s. */
  readonly readyTimeoutMs?: number | undefined;
}

/** A running server. It belongs to this process: stop it, or the next start on its folder does. */
export interface EmbeddedPostgres extends AsyncDisposable {
  readonly host: string;
  readonly port: number;
  /** A connection string for the superuser to the database `postgres`. It holds the password. */
  readonly superuserDsn: string;
  /** PostgreSQL's version, such as `18.4`. */
  readonly version: string;
  readonly pid: number;
  /** The superuser's connection string for a database, `postgres` by default. */
  dsn(database?: string): string;
  /**
   * Ends all connections, writes everything to disk and resolves when the server is gone. After 30 s it is made to
   * end, and replays its log at the next start. May be called again.
   */
  stop(): Promise<void>;
  /** Resolves when the server is gone, whoever ended it. It never rejects. */
  readonly exited: Promise<PostgresExit>;
}

export interface PostgresExit extends ProgramExit {
  /** False when it died under us. */
  readonly wasRequested: boolean;
  /** The last lines of its log, oldest first. */
  readonly lastLines: readonly string[];
}
