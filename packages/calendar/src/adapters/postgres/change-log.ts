import { encodeTimestamp, type Postgres } from '@daywatch/service-kit/postgres';
import type { CalendarId } from '../../calendar/calendar.ts';
import { NO_STATE, RECENT_MS, type ChangeLog, type OwnerState } from '../../changes/change-log.ts';
import { readChanges, type ChangesRow } from './sql/read-changes.ts';

export function createPostgresChangeLog(db: Postgres): ChangeLog {
  return {
    async read(owners, now, signal) {
      const parameters = [owners, encodeTimestamp(now - RECENT_MS), encodeTimestamp(now)];
      const rows = Map.groupBy(await db.query(readChanges, parameters, signal), ({ owner }) => owner);
      return owners.map((owner) => toState(rows.get(owner) ?? []));
    },
  };
}

function toState(rows: readonly ChangesRow[]): OwnerState {
  if (rows.length === 0) return NO_STATE;
  const settled = rows.reduce((sum, row) => sum + row.settled, 0);
  const latest = Math.max(0, ...rows.map(({ last_sent_at: at }) => at ?? 0));
  return {
    calendars: rows.map(({ calendar_id: id, revision }) => ({ id: id as CalendarId, revision })),
    reminders: settled === 0 ? '' : `${settled} ${latest}`,
  };
}
