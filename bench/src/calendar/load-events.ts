import type { Postgres, SqlStatement } from '@daywatch/service-kit/postgres';
import { createProgress } from '../progress.ts';
import type { BenchDatabase } from './bench-house.ts';
import { WEEK } from './week.ts';
import { benchCalendarId, benchUserId } from './bench-users.ts';

/** Ten starts in a week. */
const SPACING_SECONDS = (7 * 86_400) / 10;

/** Events of an hour each, ten in a week, numbered $4 to $5 from the start $3 on. */
const addEvents: SqlStatement<unknown> = {
  name: 'bench.add_events',
  text: `
    WITH added AS (
      INSERT INTO calendar.events (
        calendar_id, event_id, owner, uid, sequence, title, description, location, all_day, busy, time_zone,
        starts_local, ends_local, starts_at, ends_at, tzdb_version, notify_before, created_at, updated_at, revision)
      SELECT $1, id, $2, id::text, 0, 'Event ' || n, '', '', false, true, 'UTC',
             start, start + interval '1 hour', start, start + interval '1 hour', 'bench', '{}', now(), now(), 1
      FROM (SELECT n, gen_random_uuid() AS id, $3::timestamptz + n * interval '${SPACING_SECONDS} seconds' AS start
            FROM generate_series($4::int, $5::int) n) slot
      RETURNING calendar_id, event_id, starts_at, ends_at
    )
    INSERT INTO calendar.occurrences (calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, busy)
    SELECT calendar_id, event_id, starts_at, starts_at, ends_at, 12, true FROM added`,
};

/** What the store notes of a calendar with events of an hour. */
const noteSpanClass: SqlStatement<unknown> = {
  name: 'bench.note_span_class',
  text: `UPDATE calendar.calendars SET span_classes = '{12}', revision = revision + 1 WHERE calendar_id = $1`,
};

const BATCH = 5_000;

/**
 * Loads the same number of events into the calendars of users `[first, last]`, straight into the tables,
 * `eventsBeforeWeek` of them before the week that is listed.
 */
export async function loadEvents(
  { postgres }: BenchDatabase,
  users: { readonly first: number; readonly last: number },
  eventsEach: number,
  eventsBeforeWeek: number,
): Promise<void> {
  const firstStart = new Date(Date.parse(WEEK) - eventsBeforeWeek * SPACING_SECONDS * 1000).toISOString();
  const total = (users.last - users.first + 1) * eventsEach;
  const progress = createProgress(`${total.toLocaleString('en')} events`, total);
  let done = 0;
  for (let user = users.first; user <= users.last; user++) {
    const calendarId = benchCalendarId(user);
    for (let from = 0; from < eventsEach; from += BATCH) {
      const to = Math.min(from + BATCH, eventsEach) - 1;
      await postgres.query(addEvents, [calendarId, benchUserId(user), firstStart, from, to]);
      done += to - from + 1;
      progress.update(done);
    }
    await postgres.query(noteSpanClass, [calendarId]);
  }
  progress.stop();
}

/** What autovacuum would do by and by, now: so that it does not happen to fall into a round. */
export async function settle(postgres: Postgres): Promise<void> {
  await postgres.query({ name: 'bench.vacuum', text: 'VACUUM (ANALYZE)' }, []);
}
