import type { Postgres } from '@daywatch/service-kit/postgres';
import type { EventStore } from '../../event/event-store.ts';
import { addEventTo } from './add-event.ts';
import { changeEvent, removeEvent } from './change-event.ts';
import { toEvent } from './event-row.ts';
import { listBusyIntervals, listPage } from './list-page.ts';
import { getEvent } from './sql/get-event.ts';

/** Keeps events in PostgreSQL. The database itself refuses overlaps (the constraint occurrences_busy). */
export function createPostgresEventStore(db: Postgres): EventStore {
  return {
    add: (planned, signal) => addEventTo(db, planned, signal),
    async get(owner, id, signal) {
      const [row] = await db.query(getEvent, [id, owner], signal);
      return row && toEvent(row);
    },
    update: (owner, id, change, signal) => changeEvent(db, owner, id, change, signal),
    delete: (owner, id, check, signal) => removeEvent(db, owner, id, check, signal),
    list: (query, signal) => listPage(db, query, signal),
    listBusy: (query, signal) => listBusyIntervals(db, query, signal),
  };
}
