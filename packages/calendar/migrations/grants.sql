-- What the processes of the calendar may do. Given again after every run of the migrations.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daywatch_calendar') THEN
    GRANT USAGE ON SCHEMA calendar TO daywatch_calendar;
    GRANT SELECT ON calendar.migrations TO daywatch_calendar;
    GRANT SELECT, INSERT, UPDATE ON calendar.calendars, calendar.settings TO daywatch_calendar;
    GRANT SELECT, INSERT, UPDATE, DELETE ON calendar.events, calendar.occurrences, calendar.tombstones,
      calendar.notifications TO daywatch_calendar;
  END IF;
END
$$;
