/** One calendar of the owner ($2), or all of the owner's; $2 is null then. */
export type CalendarScope = 'one' | 'all';

/** 2^38 seconds before the year 1 is before PostgreSQL's calendar begins. */
const OUTSIDE_THE_CALENDAR = 38;

/**
 * The FROM clause of listings: the occurrences `o` of $1's calendars that overlap [$3, $4) and come after
 * the position ($5, $6, $7). Each class of length that a calendar uses is one range of the index
 * occurrences_period, which begins 2^class seconds before $3 or at the position, whichever is later.
 * See docs/adr/0004-listing-by-duration-class.md.
 */
export function overlapping(
  scope: CalendarScope,
  { condition, order }: { readonly condition: string; readonly order: string },
): string {
  const calendar = scope === 'one' ? 'c.calendar_id = $2' : '$2::uuid IS NULL';
  return `
      (SELECT c.calendar_id, class.span_class,
              CASE WHEN class.span_class < ${OUTSIDE_THE_CALENDAR}
                   THEN $3::timestamptz - interval '1 second' * power(2, class.span_class)
                   ELSE '-infinity' END AS window_start
       FROM calendar.calendars c, unnest(c.span_classes) AS class (span_class)
       WHERE c.owner = $1 AND ${calendar}) probe
      CROSS JOIN LATERAL (
        SELECT o.calendar_id, o.event_id, o.recurrence_id, o.starts_at, o.ends_at, o.busy, o.override
        FROM calendar.occurrences o
        WHERE o.calendar_id = probe.calendar_id AND o.span_class = probe.span_class
          AND (o.starts_at, o.event_id, o.recurrence_id) > (
            GREATEST(probe.window_start, $5::timestamptz),
            CASE WHEN $5 >= probe.window_start THEN $6::uuid ELSE 'ffffffff-ffff-ffff-ffff-ffffffffffff' END,
            CASE WHEN $5 >= probe.window_start THEN $7::timestamptz ELSE 'infinity' END)
          AND o.starts_at < $4 AND o.ends_at > $3 AND ${condition}
        ${order}
      ) o`;
}
