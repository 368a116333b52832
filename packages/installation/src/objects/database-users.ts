/**
 * Runs once, on an empty volume: a login of its own for every process, which may do no more than its role. The
 * migrations give the roles their rights; here they are named, so that logins can be in them.
 */
export const DATABASE_USERS = `#!/bin/sh
set -eu

secret() { cat "/run/secrets/daywatch/$1"; }

psql --set=ON_ERROR_STOP=1 --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" \\
  --set=owner_password="$(secret owner)" --set=calendar_password="$(secret calendar)" \\
  --set=checker_password="$(secret checker)" --set=restapi_password="$(secret restapi)" <<'SQL'
CREATE ROLE daywatch_owner NOLOGIN;
CREATE ROLE daywatch_calendar NOLOGIN;
CREATE ROLE daywatch_checker NOLOGIN;
CREATE ROLE daywatch_restapi NOLOGIN;
CREATE ROLE owner LOGIN PASSWORD :'owner_password' IN ROLE daywatch_owner;
CREATE ROLE calendar LOGIN PASSWORD :'calendar_password' IN ROLE daywatch_calendar;
CREATE ROLE checker LOGIN PASSWORD :'checker_password' IN ROLE daywatch_checker;
CREATE ROLE restapi LOGIN PASSWORD :'restapi_password' IN ROLE daywatch_restapi;
ALTER DATABASE daywatch OWNER TO owner;
REVOKE CONNECT ON DATABASE daywatch FROM PUBLIC;
GRANT CONNECT ON DATABASE daywatch TO daywatch_owner, daywatch_calendar, daywatch_checker, daywatch_restapi;
SQL
`;
