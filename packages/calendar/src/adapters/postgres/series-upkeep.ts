import type { Postgres } from '@daywatch/service-kit/postgres';
import { encodeTimestamp } from '@daywatch/service-kit/postgres';
import type { SeriesUpkeep } from '../../event/series-upkeep.ts';
import { TZDB_VERSION } from '../../time/time-zone.ts';
import { extendOne } from './extend-horizon.ts';
import { recomputeOne } from './recompute-zones.ts';
import { listDueSeries } from './sql/list-due-series.ts';
import { listOutdatedZones } from './sql/list-outdated-zones.ts';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';

/** Keeps the series in PostgreSQL up to date: small transactions, each under the lock of one calendar. */
export function createPostgresSeriesUpkeep(db: Postgres): SeriesUpkeep {
  return {
    async extendHorizon({ dueBefore, until, limit }, signal) {
      const due = await db.query(listDueSeries, [encodeTimestamp(dueBefore), limit], signal);
      let extended = 0;
      let conflicts = 0;
      for (const key of due) {
        const found = await extendOne(db, key, { dueBefore, until }, signal);
        if (found === undefined) continue;
        extended++;
        conflicts += found;
      }
      return { extended, conflicts };
    },

    async recomputeZones({ now, limit, after }, signal) {
      const outdated = await db.query(
        listOutdatedZones,
        [
          after?.calendarId ?? NIL_UUID,
          after?.eventId ?? NIL_UUID,
          TZDB_VERSION,
          encodeTimestamp(now),
          limit,
        ],
        signal,
      );
      let recomputed = 0;
      let conflicts = 0;
      for (const key of outdated) {
        const found = await recomputeOne(db, key, now, signal);
        if (found === undefined) continue;
        recomputed++;
        conflicts += found;
      }
      const last = outdated.length < limit ? undefined : outdated.at(-1);
      const next = last && { calendarId: last.calendar_id, eventId: last.event_id };
      return { recomputed, conflicts, next };
    },
  };
}
