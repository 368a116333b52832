#!/bin/sh
# As much of the official entry point as the Compose file uses.
set -eu
if [ "$1" = postgres ] && [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA"
  chown -R postgres:postgres "$PGDATA"
  chmod 700 "$PGDATA"
  exec gosu postgres "$0" "$@"
fi
if [ "$1" = postgres ] && [ ! -s "$PGDATA/PG_VERSION" ]; then
  initdb --username=postgres --pwfile="$POSTGRES_PASSWORD_FILE" --auth-local=trust --auth-host=scram-sha-256 >/dev/null
  printf "listen_addresses = '*'\n" >>"$PGDATA/postgresql.conf"
  printf 'host all all all scram-sha-256\n' >>"$PGDATA/pg_hba.conf"
  export POSTGRES_USER=postgres
  pg_ctl --wait -D "$PGDATA" -o "-c listen_addresses=''" start >/dev/null
  createdb --username=postgres "$POSTGRES_DB"
  for script in /docker-entrypoint-initdb.d/*.sh; do
    [ -f "$script" ] && sh "$script"
  done
  pg_ctl --wait -D "$PGDATA" stop >/dev/null
fi
exec "$@"
