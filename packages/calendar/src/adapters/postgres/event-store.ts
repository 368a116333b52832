import { encodeTimestamp, type Postgres } from '@daywatch/service-kit/postgres';
import { MAX_CONFLICTS, type EventStore, type StoredOccurrence } from '../../event/event-store.ts';
import { toInstant } from '../../time/instant.ts';
import { addEventTo } from './add-event.ts';
import { changeEvent, removeEvent } from './change-event.ts';
import { describeConflictRow } from './conflict-row.ts';
import { toEvent } from './event-row.ts';
import { listBusyIntervals, listPage } from './list-page.ts';
import { toChanges } from './override-json.ts';
import { getEvent } from './sql/get-event.ts';
import { getOccurrence, type StoredOccurrenceRow } from './sql/get-occurrence.ts';
import { listEventConflicts } from './sql/list-event-conflicts.ts';

/** Keeps events in PostgreSQL. The database itself refuses overlaps (the constraint occurrences_busy). */
export function createPostgresEventStore(db: Postgres): EventStore {
  return {
    add: (planned, signal) => addEventTo(db, planned, signal),
    async get(owner, id, signal) {
      const [row] = await db.query(getEvent, [id, owner], signal);
      return row && toEvent(row);
    },
    async getOccurrence(owner, id, recurrenceId, signal) {
      const [row] = await db.query(getOccurrence, [id, owner, encodeTimestamp(recurrenceId)], signal);
      return row && toStoredOccurrence(row);
    },
    async listConflicts(owner, id, signal) {
      return (await db.query(listEventConflicts, [owner, id, MAX_CONFLICTS], signal)).map(
        describeConflictRow,
      );
    },
    update: (owner, id, change, signal) => changeEvent(db, owner, id, change, signal),
    delete: (owner, id, check, signal) => removeEvent(db, owner, id, check, signal),
    list: (query, signal) => listPage(db, query, signal),
    listBusy: (query, signal) => listBusyIntervals(db, query, signal),
  };
}

function toStoredOccurrence(row: StoredOccurrenceRow): StoredOccurrence {
  const { override, occurrence_starts_at: start, occurrence_ends_at: end } = row;
  const changes =
    override && start !== null && end !== null
      ? toChanges(override, row.all_day, { start: toInstant(start), end: toInstant(end) })
      : undefined;
  return { event: toEvent(row), changes };
}
