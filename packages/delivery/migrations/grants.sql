-- What the processes of the calendar may do: all that a queue needs. Given again after every run of the migrations.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daywatch_calendar') THEN
    GRANT USAGE ON SCHEMA delivery TO daywatch_calendar;
    GRANT SELECT ON delivery.migrations TO daywatch_calendar;
    GRANT SELECT, INSERT, UPDATE, DELETE ON delivery.messages TO daywatch_calendar;
    GRANT SELECT, INSERT, DELETE ON delivery.dead_letters TO daywatch_calendar;
    -- Replaying locks rows, which takes the right to update one column; this one decides nothing.
    GRANT UPDATE (reason) ON delivery.dead_letters TO daywatch_calendar;
  END IF;
END
$$;
