-- What the processes of the calendar may do: sign people in, make and revoke tokens (`calendar_api token`),
-- take the first one from a file. They cannot change whose token or session one is, nor delete a token.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daywatch_calendar') THEN
    GRANT USAGE ON SCHEMA access TO daywatch_calendar;
    GRANT SELECT ON access.migrations TO daywatch_calendar;
    GRANT SELECT, INSERT ON access.users, access.tokens, access.bootstrap TO daywatch_calendar;
    GRANT UPDATE (last_used_at, revoked_at) ON access.tokens TO daywatch_calendar;
    GRANT SELECT, INSERT, DELETE ON access.sign_in_codes, access.sessions TO daywatch_calendar;
    -- Sweeping locks rows, which takes the right to update one column; this one decides nothing.
    GRANT UPDATE (created_at) ON access.sign_in_codes, access.sessions TO daywatch_calendar;
  END IF;
  -- The API of the monitor reads who somebody is, and nothing else.
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'daywatch_restapi') THEN
    GRANT USAGE ON SCHEMA access TO daywatch_restapi;
    GRANT SELECT ON access.migrations, access.users, access.tokens, access.sessions TO daywatch_restapi;
  END IF;
END
$$;
