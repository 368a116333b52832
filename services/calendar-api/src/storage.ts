import type { AccessStores } from '@daywatch/access';
import { createMemoryAccess } from '@daywatch/access/memory';
import { createPostgresAccess } from '@daywatch/access/postgres';
import type {
  CalendarStore,
  ChangeLog,
  EventSearch,
  EventStore,
  Reminders,
  SettingsStore,
} from '@daywatch/calendar';
import { createMemoryStores } from '@daywatch/calendar/memory';
import {
  createPostgresCalendarStore,
  createPostgresChangeLog,
  createPostgresEventSearch,
  createPostgresEventStore,
  createPostgresReminders,
  createPostgresSettingsStore,
} from '@daywatch/calendar/postgres';
import { checkSchema, openPostgres, type Postgres } from '@daywatch/service-kit/postgres';
import type { MigrationSource } from '@daywatch/service-kit/postgres';
import { storageTypeOf, type CalendarApiConfig } from './config.ts';

/** Where a process keeps its data. */
export interface Storage extends AsyncDisposable {
  readonly events: EventStore;
  readonly calendars: CalendarStore;
  readonly reminders: Reminders;
  readonly settings: SettingsStore;
  readonly changes: ChangeLog;
  readonly search: EventSearch;
  readonly access: AccessStores;
  /** The database, where there is one. */
  readonly database: Database | undefined;
}

export interface Database extends Pick<Postgres, 'check' | 'usage'> {
  /**
   * Resolves when its schema is the one that this version works with.
   * @throws Error that says what is missing, DatabaseUnavailableError.
   */
  readonly checkSchema: () => Promise<void>;
}

export interface StorageOptions {
  readonly config: CalendarApiConfig['storage'];
  readonly migrations: readonly MigrationSource[];
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
  readonly log: (line: string) => void;
}

/** Opens the storage that the configuration picks. The database need not be up yet. */
export function openStorage(options: StorageOptions): Storage {
  return storageTypeOf(options.config) === 'memory' ? openMemory() : openDatabase(options);
}

function openMemory(): Storage {
  return {
    ...createMemoryStores(),
    access: createMemoryAccess(),
    database: undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

function openDatabase({ config, migrations, applicationName, log }: StorageOptions): Storage {
  const dsn = config.dsn ?? '';
  const db = openPostgres({ dsn, applicationName, maxConnections: config.connections, log });
  return {
    events: createPostgresEventStore(db),
    calendars: createPostgresCalendarStore(db),
    reminders: createPostgresReminders(db),
    settings: createPostgresSettingsStore(db),
    changes: createPostgresChangeLog(db),
    search: createPostgresEventSearch(db),
    access: createPostgresAccess(db),
    database: {
      check: (signal) => db.check(signal),
      usage: () => db.usage(),
      checkSchema: () => checkSchema(dsn, migrations),
    },
    [Symbol.asyncDispose]: () => db.close(),
  };
}
