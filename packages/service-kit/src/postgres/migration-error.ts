export type MigrationErrorCode =
  /** A newer version has migrated this database. */
  | 'database_newer'
  /** The connecting user may not do what a migration needs, or an extension is not installed. */
  | 'not_permitted'
  /** A migration failed; nothing of it is left. */
  | 'migration_failed';

/** The database could not be brought up to date. The message says what to do. */
export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: MigrationErrorCode;

  constructor(code: MigrationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
