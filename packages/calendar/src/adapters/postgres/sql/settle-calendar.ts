import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Unmarks the occurrences of a calendar whose obstacles are gone. */
export const settleExempt: SqlStatement = {
  name: 'calendar.settle_exempt',
  text: `
    UPDATE calendar.occurrences marked SET exempt = false
    WHERE marked.calendar_id = $1 AND marked.exempt AND NOT EXISTS (
      SELECT FROM calendar.occurrences o
      WHERE o.calendar_id = marked.calendar_id AND o.busy
        AND tstzrange(o.starts_at, o.ends_at) && tstzrange(marked.starts_at, marked.ends_at)
        AND (o.event_id, o.recurrence_id) <> (marked.event_id, marked.recurrence_id))`,
};

/** Works out anew until when the rows alone say everything about a calendar's time. Runs under its lock. */
export const refreshPlainUntil: SqlStatement = {
  name: 'calendar.refresh_plain_until',
  text: `
    UPDATE calendar.calendars SET plain_until = LEAST(
      COALESCE((SELECT min(e.materialised_until) FROM calendar.events e
                WHERE e.calendar_id = $1 AND e.materialised_until IS NOT NULL), 'infinity'),
      COALESCE((SELECT min(o.starts_at) FROM calendar.occurrences o
                WHERE o.calendar_id = $1 AND o.exempt), 'infinity'))
    WHERE calendar_id = $1`,
};
