export type { EmbeddedPostgres, PostgresExit, StartOptions } from './embedded-postgres.ts';
export { EmbeddedPostgresError, type EmbeddedPostgresErrorCode } from './errors.ts';
export { startEmbeddedPostgres } from './start.ts';
export { linkLibraries } from './symlinks.ts';
