import type { SqlStatement } from '@daywatch/service-kit/postgres';
import type { ScheduleColumns } from '../event-row.ts';
import type { EventKeyRow } from './list-due-series.ts';

/** An event, and what is over of it. */
export interface PurgeableRow extends EventKeyRow {
  /** Whether all of it ended before the time, so that it goes as a whole. */
  readonly is_over: boolean;
  /** Whether a part of it did, of a series that goes on without end. */
  readonly has_past: boolean;
}

/**
 * The next $4 events after ($1, $2), in order of their keys, with what ended before $3. It reads the events from
 * end to end, a batch at a time: an index that finds what is over would cost each write more.
 */
export const listPurgeable: SqlStatement<PurgeableRow> = {
  name: 'calendar.list_purgeable',
  text: `
    SELECT e.calendar_id, e.event_id,
           e.materialised_until IS NULL AND NOT EXISTS (
             SELECT FROM calendar.occurrences o
             WHERE o.calendar_id = e.calendar_id AND o.event_id = e.event_id AND o.ends_at >= $3) AS is_over,
           e.materialised_until IS NOT NULL AND EXISTS (
             SELECT FROM calendar.occurrences o
             WHERE o.calendar_id = e.calendar_id AND o.event_id = e.event_id AND o.ends_at < $3) AS has_past
    FROM (
      SELECT calendar_id, event_id, materialised_until FROM calendar.events
      WHERE (calendar_id, event_id) > ($1, $2)
      ORDER BY calendar_id, event_id
      LIMIT $4
    ) e
    ORDER BY e.calendar_id, e.event_id`,
};

/** An event under the lock of its calendar: when it is, and whether it goes on without end. */
export interface LockedEventRow extends ScheduleColumns {
  /** Whether all of it ended before the time. */
  readonly is_over: boolean;
  readonly is_endless: boolean;
}

/** Whether all of an event ended before $3, now that its calendar is locked. */
export const getLockedEvent: SqlStatement<LockedEventRow> = {
  name: 'calendar.get_locked_event',
  text: `
    SELECT e.all_day, e.starts_local, e.ends_local, e.starts_at, e.ends_at,
           e.materialised_until IS NOT NULL AS is_endless,
           e.materialised_until IS NULL AND NOT EXISTS (
             SELECT FROM calendar.occurrences o
             WHERE o.calendar_id = e.calendar_id AND o.event_id = e.event_id AND o.ends_at >= $3) AS is_over
    FROM calendar.events e WHERE e.calendar_id = $1 AND e.event_id = $2`,
};

/**
 * Removes the rows of an endless series that ended before $3 and are named by less than $4, and remembers that
 * bound, so that no change makes them again: the series itself stays.
 */
export const purgeOccurrences: SqlStatement<{ readonly removed: number }> = {
  name: 'calendar.purge_occurrences',
  text: `
    WITH gone AS (
      DELETE FROM calendar.occurrences o USING calendar.events e
      WHERE o.calendar_id = $1 AND o.event_id = $2 AND o.ends_at < $3
        AND (e.calendar_id, e.event_id) = (o.calendar_id, o.event_id)
        AND o.recurrence_id < GREATEST(e.materialised_from, $4)
      RETURNING o.recurrence_id
    ), event AS (
      UPDATE calendar.events SET materialised_from = GREATEST(materialised_from, $4)
      WHERE calendar_id = $1 AND event_id = $2 AND EXISTS (SELECT FROM gone)
    )
    SELECT count(*) AS removed FROM gone`,
};

/** Removes the reminders of an event that goes. */
export const purgeRemindersOfEvent: SqlStatement<{ readonly version: number }> = {
  name: 'calendar.purge_reminders_of_event',
  text: `DELETE FROM calendar.notifications WHERE calendar_id = $1 AND event_id = $2 RETURNING version`,
};

/**
 * Removes settled reminders that were due before $3, of calendars after $1 up to $2, at most $4: those of deleted
 * events, and of series that go on. What somebody has locked at this moment is left for the next time.
 */
export const purgeReminders: SqlStatement<{ readonly version: number }> = {
  name: 'calendar.purge_reminders',
  text: `
    DELETE FROM calendar.notifications n
    WHERE n.ctid = ANY (ARRAY(
      SELECT old.ctid
      FROM calendar.calendars c
      JOIN calendar.notifications old ON old.calendar_id = c.calendar_id AND old.due_at < $3
      WHERE c.calendar_id > $1 AND c.calendar_id <= $2 AND old.attend_at IS NULL
      LIMIT $4
      FOR UPDATE OF old SKIP LOCKED))
    RETURNING n.version`,
};
