import { encodeTimestamp, type Postgres } from '@daywatch/service-kit/postgres';
import type { EventSearch } from '../../search/event-search.ts';
import { toOccurrence } from './list-page.ts';
import { toSearchQuery } from './search-keys.ts';
import { searchEvents } from './sql/search-events.ts';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

export function createPostgresEventSearch(db: Postgres): EventSearch {
  return {
    async find({ owner, calendarIds, words, now, after, limit }, signal) {
      const parameters = [
        owner,
        calendarIds,
        toSearchQuery(calendarIds, words),
        encodeTimestamp(now),
        after?.place ?? -1,
        after?.eventId ?? NIL_UUID,
        limit,
      ];
      const rows = await db.query(searchEvents, parameters, signal);
      return rows.map((row) => ({ occurrence: toOccurrence(row), place: row.place }));
    },
  };
}
