-- What was forgotten of a series stays so, and the links between the parts of a divided series are true.

ALTER TABLE calendar.events
  ADD COLUMN materialised_from timestamptz;

COMMENT ON COLUMN calendar.events.materialised_from IS
  'Where the past of a series was forgotten: occurrences that are named by less have no rows, unless they were changed, and no change makes them again. Null: nothing was.';
COMMENT ON COLUMN calendar.events.materialised_until IS
  'Where not all of a recurrence is rows, as of one without end: occurrences whose original start is before this are rows; later ones are worked out when asked for. Null: all occurrences are rows.';

-- Rows of endless series that are gone by now were forgotten.
UPDATE calendar.events e SET materialised_from = first.recurrence_id
FROM (
  SELECT o.calendar_id, o.event_id, min(o.recurrence_id) AS recurrence_id FROM calendar.occurrences o
  GROUP BY o.calendar_id, o.event_id
) first
WHERE e.materialised_until IS NOT NULL AND first.calendar_id = e.calendar_id AND first.event_id = e.event_id
  AND first.recurrence_id > e.starts_at + interval '1 year';

UPDATE calendar.events e SET continues = NULL
WHERE e.continues IS NOT NULL AND NOT EXISTS (
  SELECT FROM calendar.events o
  WHERE o.calendar_id = e.calendar_id AND o.event_id = e.continues AND o.continued_by = e.event_id);
UPDATE calendar.events e SET continued_by = NULL
WHERE e.continued_by IS NOT NULL AND NOT EXISTS (
  SELECT FROM calendar.events o
  WHERE o.calendar_id = e.calendar_id AND o.event_id = e.continued_by AND o.continues = e.event_id);
