#!/bin/sh
# Runs once, on an empty volume: a login of its own for every process, which may do no more than its role. The roles
# themselves are given their rights by the migrations; here they are named, so that logins can be in them.
set -eu

# psql reads the secrets itself: on its command line, other processes of the container could see them.
psql --set=ON_ERROR_STOP=1 --quiet --username="$POSTGRES_USER" --dbname="$POSTGRES_DB" <<'SQL'
\set owner_password `cat /run/secrets/daywatch/owner`
\set calendar_password `cat /run/secrets/daywatch/calendar`
\set checker_password `cat /run/secrets/daywatch/checker`
\set restapi_password `cat /run/secrets/daywatch/restapi`
\set exporter_password `cat /run/secrets/daywatch/exporter`

CREATE ROLE daywatch_owner NOLOGIN;
CREATE ROLE daywatch_calendar NOLOGIN;
CREATE ROLE daywatch_checker NOLOGIN;
CREATE ROLE daywatch_restapi NOLOGIN;
CREATE ROLE owner LOGIN PASSWORD :'owner_password' IN ROLE daywatch_owner;
CREATE ROLE calendar LOGIN PASSWORD :'calendar_password' IN ROLE daywatch_calendar;
CREATE ROLE checker LOGIN PASSWORD :'checker_password' IN ROLE daywatch_checker;
CREATE ROLE restapi LOGIN PASSWORD :'restapi_password' IN ROLE daywatch_restapi;
CREATE ROLE exporter LOGIN PASSWORD :'exporter_password' IN ROLE pg_monitor;

ALTER DATABASE daywatch OWNER TO owner;
REVOKE CONNECT ON DATABASE daywatch FROM PUBLIC;
GRANT CONNECT ON DATABASE daywatch TO daywatch_owner, daywatch_calendar, daywatch_checker, daywatch_restapi, exporter;
SQL
