/**
 * Runs once, on an empty volume: a login of its own for every process, which may do no more than its role. The
 * migrations give the roles their rights; here they are named, so that logins can be in them.
 */
export const DATABASE_USERS = `#!/bin/sh
set -eu

# psql reads the secrets itself: on its command line, other processes of the container could see them.
psql --set=ON_ERROR_STOP=1 --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\\set owner_password \`cat /run/secrets/daywatch/owner\`
\\set calendar_password \`cat /run/secrets/daywatch/calendar\`
\\set checker_password \`cat /run/secrets/daywatch/checker\`
\\set restapi_password \`cat /run/secrets/daywatch/restapi\`
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
