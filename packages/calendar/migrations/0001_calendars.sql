-- Calendars, events and their occurrences.
--
-- Every key leads with calendar_id, and no unique index but that of calendars lacks it, so that the
-- tables can be partitioned or distributed by it. Roles are made by `daywatch migrate` before any
-- migration runs; what they may do is in grants.sql, which is given again after every run.

-- The default operator class for uuid under GiST is found whatever schema it lies in.
CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA calendar;

CREATE TABLE calendar.calendars (
  calendar_id  uuid PRIMARY KEY,
  owner        text NOT NULL CHECK (length(owner) BETWEEN 1 AND 200),
  name         text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  time_zone    text NOT NULL,
  is_default   boolean NOT NULL,
  revision     bigint NOT NULL DEFAULT 0,
  span_classes smallint[] NOT NULL DEFAULT '{}',
  created_at   timestamptz NOT NULL,
  updated_at   timestamptz NOT NULL
) WITH (fillfactor = 50);

CREATE UNIQUE INDEX calendars_default ON calendar.calendars (owner) WHERE is_default;
CREATE INDEX calendars_owner ON calendar.calendars (owner);

COMMENT ON TABLE calendar.calendars IS
  'One row per calendar. Every write to a calendar or its events first updates this row: that serialises writers, and it is the only lock that they wait for. Half of each page is left free so that these updates stay on their page (HOT).';
COMMENT ON COLUMN calendar.calendars.revision IS 'Raised by one by every write to the calendar or its events.';
COMMENT ON COLUMN calendar.calendars.span_classes IS
  'Which occurrences.span_class values were ever used, so that listings probe no others. Never shrinks.';
COMMENT ON COLUMN calendar.calendars.time_zone IS 'IANA name: what new events and listings take where they name none.';

CREATE TABLE calendar.events (
  calendar_id   uuid NOT NULL REFERENCES calendar.calendars ON DELETE CASCADE,
  event_id      uuid NOT NULL,
  owner         text NOT NULL,
  uid           text NOT NULL,
  sequence      integer NOT NULL,
  title         text NOT NULL,
  description   text NOT NULL,
  location      text NOT NULL,
  all_day       boolean NOT NULL,
  busy          boolean NOT NULL,
  time_zone     text NOT NULL,
  starts_local  timestamp NOT NULL,
  ends_local    timestamp NOT NULL,
  starts_at     timestamptz NOT NULL,
  ends_at       timestamptz NOT NULL,
  tzdb_version  text NOT NULL,
  notify_before text[] NOT NULL,
  rrule         text,
  exdates       text[],
  rdates        text[],
  revision      bigint NOT NULL,
  created_at    timestamptz NOT NULL,
  updated_at    timestamptz NOT NULL,
  PRIMARY KEY (calendar_id, event_id),
  CONSTRAINT events_uid UNIQUE (calendar_id, uid),
  CONSTRAINT events_recurrence CHECK ((rrule IS NULL) = (exdates IS NULL) AND (rrule IS NULL) = (rdates IS NULL))
);

CREATE INDEX events_event_id ON calendar.events (event_id);

COMMENT ON TABLE calendar.events IS 'One row per event, recurring or not. When it takes place is in occurrences.';
COMMENT ON COLUMN calendar.events.owner IS 'The owner of the calendar, kept here to look an event up by its id. An owner has an id once over all calendars: an advisory lock sees to it.';
COMMENT ON COLUMN calendar.events.uid IS 'iCalendar UID (RFC 5545 section 3.8.4.7).';
COMMENT ON COLUMN calendar.events.sequence IS 'iCalendar SEQUENCE (RFC 5545 section 3.8.7.4).';
COMMENT ON COLUMN calendar.events.starts_local IS
  'What the owner meant: the wall clock in time_zone, midnight for all-day events. The instants follow from it and tzdb_version.';
COMMENT ON COLUMN calendar.events.ends_local IS 'Exclusive, like starts_local.';
COMMENT ON COLUMN calendar.events.starts_at IS 'Start of the first occurrence.';
COMMENT ON COLUMN calendar.events.tzdb_version IS
  'The IANA database that the instants were computed with, for example 2026c: those of older versions are recomputed.';
COMMENT ON COLUMN calendar.events.notify_before IS 'ISO 8601 durations before the start, the longest first.';
COMMENT ON COLUMN calendar.events.rrule IS 'RRULE (RFC 5545 section 3.8.5.3); null for one-off events, then exdates and rdates are null too.';
COMMENT ON COLUMN calendar.events.revision IS 'The calendar''s revision of the event''s last change; the etag is made of it.';

CREATE TABLE calendar.occurrences (
  calendar_id   uuid NOT NULL,
  event_id      uuid NOT NULL,
  recurrence_id timestamptz NOT NULL,
  starts_at     timestamptz NOT NULL,
  ends_at       timestamptz NOT NULL,
  span_class    smallint NOT NULL,
  busy          boolean NOT NULL,
  exempt        boolean NOT NULL DEFAULT false,
  PRIMARY KEY (calendar_id, event_id, recurrence_id),
  FOREIGN KEY (calendar_id, event_id) REFERENCES calendar.events ON DELETE CASCADE,
  CONSTRAINT occurrences_order CHECK (starts_at < ends_at),
  CONSTRAINT occurrences_span_class CHECK (ends_at - starts_at <= interval '1 second' * power(2, span_class)),
  CONSTRAINT occurrences_busy EXCLUDE USING gist (calendar_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
    WHERE (busy AND NOT exempt)
);

CREATE INDEX occurrences_period
  ON calendar.occurrences (calendar_id, span_class, starts_at, event_id, recurrence_id, ends_at);

COMMENT ON TABLE calendar.occurrences IS 'When events take place: one row per concrete time, half-open [starts_at, ends_at).';
COMMENT ON COLUMN calendar.occurrences.recurrence_id IS
  'The original start, which stays when the occurrence is moved; for all-day events midnight UTC of the date.';
COMMENT ON COLUMN calendar.occurrences.span_class IS
  'The power of two, in seconds, that the occurrence is not longer than. What overlaps a period began after the period''s start minus that, which bounds the search in each class.';
COMMENT ON COLUMN calendar.occurrences.exempt IS
  'True for an occurrence of an endless series that clashed when the horizon moved over it: it is kept, and reported as a conflict.';
COMMENT ON CONSTRAINT occurrences_busy ON calendar.occurrences IS 'Busy occurrences of one calendar never overlap.';
COMMENT ON INDEX calendar.occurrences_period IS 'Serves listings. See docs/adr/0004-listing-by-duration-class.md.';

CREATE TABLE calendar.tombstones (
  calendar_id uuid NOT NULL REFERENCES calendar.calendars ON DELETE CASCADE,
  revision    bigint NOT NULL,
  event_id    uuid NOT NULL,
  uid         text NOT NULL,
  deleted_at  timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (calendar_id, revision, event_id)
);

COMMENT ON TABLE calendar.tombstones IS 'What was deleted, and at which revision of the calendar: readers that follow a calendar by revision learn of it here.';
