import type { SqlStatement } from '@daywatch/service-kit/postgres';

/** Which of the spans (arrays of starts and ends) meet a busy occurrence of the calendar: their places from 1. */
export const findTaken: SqlStatement<{ readonly place: number }> = {
  name: 'calendar.find_taken',
  text: `
    SELECT span.place
    FROM unnest($2::timestamptz[], $3::timestamptz[]) WITH ORDINALITY AS span (starts_at, ends_at, place)
    WHERE EXISTS (
        SELECT FROM calendar.occurrences o
        WHERE o.calendar_id = $1 AND o.busy AND NOT o.exempt
          AND tstzrange(o.starts_at, o.ends_at) && tstzrange(span.starts_at, span.ends_at))
      OR EXISTS (
        SELECT FROM calendar.occurrences o
        WHERE o.calendar_id = $1 AND o.busy AND o.exempt
          AND o.starts_at < span.ends_at AND o.ends_at > span.starts_at)
    ORDER BY span.place`,
};
