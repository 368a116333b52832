export { DatabaseUnavailableError, QueryError, type UnavailableReason } from './errors.ts';
export { migrate, type MigrateOptions, type MigrationSource } from './migrate.ts';
export { MigrationError, type MigrationErrorCode } from './migration-error.ts';
export { readMigrationStatus, type MigrationStatus } from './migration-status.ts';
export { openPostgres } from './open-postgres.ts';
export type { Postgres, PostgresOptions, Queries } from './postgres.ts';
export type { SqlParameter, SqlStatement } from './sql-statement.ts';
export { decodeTimestamp, encodeTimestamp } from './timestamp.ts';
