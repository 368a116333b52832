#!/bin/sh
# Makes the secrets of an installation on its first start, each where only those see it who need it; what is there stays.
# A file belongs to the one user that reads it: 1000 is node in our images, the others are those of the official images.
set -eu
umask 077

random() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

# password NAME: made once, and kept for this script alone.
password() {
  if [ ! -s "/secrets/root/$1" ]; then
    random >"/secrets/root/$1.new"
    mv "/secrets/root/$1.new" "/secrets/root/$1"
  fi
  cat "/secrets/root/$1"
}

# give READER USER FILE, the content from standard input: in one step, so that nobody reads half of it.
give() {
  file="/secrets/$1/$3"
  cat >"$file.new"
  chown "$2:$2" "$file.new"
  chmod 400 "$file.new"
  mv "$file.new" "$file"
  chown "$2:$2" "/secrets/$1"
  chmod 500 "/secrets/$1"
}

database() { printf 'postgres://%s:%s@postgres:5432/daywatch' "$1" "$(password "$1")"; }

for login in owner calendar checker restapi exporter; do
  password "$login" | give postgres 999 "$login"
done
password postgres | give postgres 999 superuser
printf 'default_user = daywatch\ndefault_pass = %s\n' "$(password rabbitmq)" | give rabbitmq 999 90-secret.conf

database owner | give migrate 1000 dsn
database calendar | give calendar 1000 dsn
database calendar | give reminders 1000 dsn
printf 'amqp://daywatch:%s@rabbitmq:5672/' "$(password rabbitmq)" | give reminders 1000 queue_url
database checker | give checker 1000 dsn
database restapi | give restapi 1000 dsn

password exporter | give exporter 65534 password
password grafana | give grafana 472 admin_password
