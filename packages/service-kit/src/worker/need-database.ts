import {
  checkSchema,
  DatabaseUnavailableError,
  type MigrationSource,
  type Postgres,
} from '../postgres/index.ts';
import type { Need } from './start-worker.ts';

/** The database of a worker: it answers, and once also that it has what the migrations make. It logs that it is away. */
export function needDatabase(db: Postgres, dsn: string, migrations: readonly MigrationSource[]): Need {
  return {
    name: 'database',
    prepare: (signal) => db.check(signal).then(() => checkSchema(dsn, migrations)),
    check: (signal) => db.check(signal),
    hasLogged: (error) => error instanceof DatabaseUnavailableError,
  };
}
