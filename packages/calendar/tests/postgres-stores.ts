import { openPostgres, type Postgres, type SqlStatement } from '@daywatch/service-kit/postgres';
import { createTestDatabase, type PostgresKind } from '../../../tests/_support/databases.ts';
import {
  createPostgresCalendarStore,
  createPostgresChangeLog,
  createPostgresEventSearch,
  createPostgresEventStore,
  createPostgresPurge,
  createPostgresReminders,
  createPostgresSeriesUpkeep,
  createPostgresSettingsStore,
} from '../src/adapters/postgres/index.ts';
import type { EventId } from '../src/event/event.ts';
import type { Stores } from './stores.ts';

const listTombstones: SqlStatement<{
  readonly event_id: EventId;
  readonly uid: string;
  readonly revision: number;
}> = {
  name: 'test.list_tombstones',
  text: 'SELECT event_id, uid, revision FROM calendar.tombstones WHERE calendar_id = $1 ORDER BY revision',
};

/** Stores on a database of their own, acting as the role that the service has: no more rights than that. */
export async function openPostgresStores(
  server: PostgresKind,
): Promise<Stores & { readonly db: Postgres; readonly dsn: string }> {
  const database = await createTestDatabase({ server });
  const db = openPostgres({
    dsn: database.dsn,
    applicationName: 'stores test',
    role: 'daywatch_calendar',
    maxConnections: 16,
    // A thousand callers at once wait for a connection; on a busy machine that takes its time.
    connectTimeoutMs: 60_000,
  });
  return {
    db,
    dsn: database.dsn,
    events: createPostgresEventStore(db),
    calendars: createPostgresCalendarStore(db),
    upkeep: createPostgresSeriesUpkeep(db),
    reminders: createPostgresReminders(db),
    settings: createPostgresSettingsStore(db),
    purge: createPostgresPurge(db),
    changes: createPostgresChangeLog(db),
    search: createPostgresEventSearch(db),
    listTombstones: async (id) => {
      const rows = await db.query(listTombstones, [id]);
      return rows.map(({ event_id, uid, revision }) => ({ eventId: event_id, uid, revision }));
    },
    [Symbol.asyncDispose]: async () => {
      await db.close();
      await database.drop();
    },
  };
}
