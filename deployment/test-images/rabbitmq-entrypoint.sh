#!/bin/sh
# As much of the official entry point as the Compose file uses.
set -eu
if [ "$(id -u)" = 0 ]; then
  chown -R rabbitmq /var/lib/rabbitmq
  exec gosu rabbitmq "$0" "$@"
fi
exec "$@"
