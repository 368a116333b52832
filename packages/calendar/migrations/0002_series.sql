-- Series: endless ones have rows up to a horizon, occurrences can be changed, and series can be split.

ALTER TABLE calendar.events
  ADD COLUMN materialised_until timestamptz,
  ADD COLUMN continues uuid,
  ADD COLUMN continued_by uuid,
  ADD CONSTRAINT events_endless CHECK (materialised_until IS NULL OR rrule IS NOT NULL);

ALTER TABLE calendar.occurrences
  ADD COLUMN override jsonb;

ALTER TABLE calendar.calendars
  ADD COLUMN plain_until timestamptz NOT NULL DEFAULT 'infinity';

CREATE INDEX events_endless ON calendar.events (calendar_id, materialised_until)
  WHERE materialised_until IS NOT NULL;
CREATE INDEX events_horizon ON calendar.events (materialised_until) WHERE materialised_until IS NOT NULL;
CREATE INDEX occurrences_exempt ON calendar.occurrences (calendar_id, event_id, starts_at) WHERE exempt;
CREATE INDEX occurrences_overridden ON calendar.occurrences (calendar_id, event_id, recurrence_id)
  WHERE override IS NOT NULL;

COMMENT ON COLUMN calendar.events.rrule IS
  'RRULE (RFC 5545 section 3.8.5.3), empty where the event repeats on rdates alone; null for one-off events, then exdates and rdates are null too.';
COMMENT ON COLUMN calendar.events.exdates IS
  'Wall-clock times in time_zone, or dates; the later of two equal ones has its offset in brackets. So they follow the zone''s rules.';
COMMENT ON COLUMN calendar.events.rdates IS 'As exdates.';
COMMENT ON COLUMN calendar.events.materialised_until IS
  'For a recurrence without end: occurrences whose original start is before this are rows; later ones are worked out when asked for. Null: all occurrences are rows.';
COMMENT ON COLUMN calendar.events.continues IS 'The event that this one goes on from, where a series was split.';
COMMENT ON COLUMN calendar.events.continued_by IS 'The event that goes on from this one, where a series was split.';
COMMENT ON COLUMN calendar.occurrences.override IS
  'What was changed of this occurrence, and original_local, the wall-clock time of its original start. Such an occurrence has a row also beyond materialised_until.';
COMMENT ON COLUMN calendar.occurrences.exempt IS
  'True for an occurrence that clashed when the horizon moved over it, or when its zone changed its rules: it is kept, and reported as a conflict.';
COMMENT ON COLUMN calendar.calendars.plain_until IS
  'Before this the rows, and the constraint on them, say everything about the calendar''s time: the least materialised_until of its events and start of its exempt occurrences. A write of one statement must end before it; others look further.';
COMMENT ON INDEX calendar.events_horizon IS 'Finds the series whose horizon is to be moved.';
