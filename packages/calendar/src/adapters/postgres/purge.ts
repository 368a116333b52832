import { encodeTimestamp, type Postgres } from '@daywatch/service-kit/postgres';
import { overBefore } from '../../occurrence/forget-past.ts';
import type { Purge } from '../../reminder/purge.ts';
import type { Instant } from '../../time/instant.ts';
import { toSchedule } from './event-row.ts';
import { deleteEvent } from './sql/delete-event.ts';
import { tryLockCalendar } from './sql/list-due-series.ts';
import {
  getLockedEvent,
  listPurgeable,
  purgeOccurrences,
  purgeReminders,
  purgeRemindersOfEvent,
  type PurgeableRow,
} from './sql/purge.ts';
import { refreshPlainUntil } from './sql/settle-calendar.ts';

const NIL_UUID = '00000000-0000-0000-0000-000000000000';
const LAST_UUID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** How many reminders one step removes besides those of its events. */
const MAX_REMINDERS = 5_000;

/** Forgets what is long over in PostgreSQL: small transactions, each under the lock of one calendar. */
export function createPostgresPurge(db: Postgres): Purge {
  return {
    async purge({ before, limit, after }, signal) {
      const time = encodeTimestamp(before);
      const from = [after?.calendarId ?? NIL_UUID, after?.eventId ?? NIL_UUID];
      const found = await db.query(listPurgeable, [...from, time, limit], signal);
      let events = 0;
      let occurrences = 0;
      let reminders = 0;
      for (const row of found) {
        if (!row.is_over && !row.has_past) continue;
        const removed = await purgeOne(db, row, before, signal);
        events += removed.events;
        occurrences += removed.occurrences;
        reminders += removed.reminders;
      }
      const last = found.length < limit ? undefined : found.at(-1);
      const range = [after?.calendarId ?? NIL_UUID, last?.calendar_id ?? LAST_UUID];
      const old = await db.query(purgeReminders, [...range, time, MAX_REMINDERS], signal);
      return {
        events,
        occurrences,
        reminders: reminders + old.length,
        next: last && { calendarId: last.calendar_id, eventId: last.event_id },
      };
    },
  };
}

interface Removed {
  readonly events: number;
  readonly occurrences: number;
  readonly reminders: number;
}

const NOTHING: Removed = { events: 0, occurrences: 0, reminders: 0 };

async function purgeOne(
  db: Postgres,
  { calendar_id, event_id }: PurgeableRow,
  before: Instant,
  signal?: AbortSignal,
): Promise<Removed> {
  return db.transaction(async (queries) => {
    const [locked] = await queries.query(tryLockCalendar, [calendar_id]);
    if (!locked) return NOTHING;
    // Its owner may have moved it into the future, or given it another rule, since it was found.
    const time = encodeTimestamp(before);
    const [event] = await queries.query(getLockedEvent, [calendar_id, event_id, time]);
    if (event?.is_endless) {
      const from = encodeTimestamp(overBefore(toSchedule(event), before));
      const [gone] = await queries.query(purgeOccurrences, [calendar_id, event_id, time, from]);
      await queries.query(refreshPlainUntil, [calendar_id]);
      return { ...NOTHING, occurrences: gone?.removed ?? 0 };
    }
    if (!event?.is_over) return NOTHING;
    const [reminders] = await Promise.all([
      queries.query(purgeRemindersOfEvent, [calendar_id, event_id]),
      queries.query(deleteEvent, [calendar_id, event_id]),
      queries.query(refreshPlainUntil, [calendar_id]),
    ]);
    return { ...NOTHING, events: 1, reminders: reminders.length };
  }, signal);
}
