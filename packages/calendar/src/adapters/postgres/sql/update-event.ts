import type { SqlStatement } from '@daywatch/service-kit/postgres';
import { OCCURRENCES } from './planned-occurrences.ts';

/**
 * Replaces an event, and adds the occurrences that are not there yet; of those that are there only what was
 * changed of them may differ. The parameters are those of eventParameters. Runs under the calendar's lock, after removeStaleOccurrences.
 */
export const updateEvent: SqlStatement<{ readonly revision: number }> = {
  name: 'calendar.update_event',
  text: `
    WITH calendar AS (
      UPDATE calendar.calendars
      SET revision = revision + 1,
          span_classes = CASE WHEN span_classes @> $27::smallint[] THEN span_classes
                         ELSE ARRAY(SELECT DISTINCT unnest(span_classes || $27::smallint[]) ORDER BY 1) END
      WHERE calendar_id = $1 AND owner = $3
      RETURNING revision
    ), occurrence AS (
      INSERT INTO calendar.occurrences AS stored (
        calendar_id, event_id, recurrence_id, starts_at, ends_at, span_class, override, words, busy, exempt)
      SELECT $1, $2, o.recurrence_id, o.starts_at, o.ends_at, o.span_class, o.override,
             o.words::tsvector, COALESCE(o.busy, $10), COALESCE(o.exempt, false)
      FROM calendar, ${OCCURRENCES}
      ON CONFLICT (calendar_id, event_id, recurrence_id)
        DO UPDATE SET override = excluded.override, words = excluded.words
        WHERE (stored.override, stored.words) IS DISTINCT FROM (excluded.override, excluded.words)
    )
    UPDATE calendar.events e
    SET uid = $4, sequence = $5, title = $6, description = $7, location = $8, all_day = $9, busy = $10,
        time_zone = $11, starts_local = $12, ends_local = $13, starts_at = $14, ends_at = $15,
        tzdb_version = $16, notify_before = $17, rrule = $18, exdates = $19, rdates = $20,
        created_at = $21, updated_at = $22, materialised_until = $31, continues = $32, continued_by = $33,
        words = array_to_tsvector($34::text[]), materialised_from = $35, revision = calendar.revision
    FROM calendar
    WHERE e.calendar_id = $1 AND e.event_id = $2
    RETURNING e.revision`,
};
