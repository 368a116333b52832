#!/usr/bin/env bash
# Makes stand-ins for the official base images, under their names, from the packages of Debian that this machine has
# installed: for machines that can pull nothing. They are for tests alone and say so in a label; what people run is pulled.
# Only as much of each is there as docker-compose.yml uses. Asks the engine that DOCKER_HOST names; needs Debian, root, and
# what `make test` installs.
#
#   make-images.sh              what our own images are built on
#   make-images.sh --servers    and the servers beside them
set -euo pipefail
export LC_ALL=C
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
label='daywatch.stand-in=made from packages of Debian for tests; not the official image'

# The reference that docker-compose.yml or the Dockerfiles have for an image.
reference() { grep -rhoE "(image: |FROM )$1:[^ ]+" "$here/../docker-compose.yml" "$here/../docker" | head -n 1 | sed 's/^.* //'; }

exists() { docker image inspect "$1" >/dev/null 2>&1; }

stand_in() { docker build --quiet --label "$label" --tag "$1" "${@:2}" >/dev/null; }

# All that packages need, as far as it is installed.
closure() {
  apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces \
    --no-enhances "$@" | grep -E '^[a-z0-9]' | sort -u |
    comm -12 - <(dpkg-query --show --showformat='${db:Status-Abbrev}${Package}\n' | sed -n 's/^ii //p' | sort -u)
}

# system NAME PACKAGE …: the files of these packages, of those that they need, and of those that no Debian is without.
system() {
  exists "$1" && return
  local essential
  essential=$(dpkg-query --show --showformat='${Package} ${Essential}\n' | awk '$2 == "yes" { print $1 }')
  # shellcheck disable=SC2086 # words are packages
  closure $essential passwd "${@:2}" | xargs dpkg-query --listfiles | grep '^/' |
    # Packages have files below /bin, which is a link to /usr/bin.
    sed -E 's#^/(bin|sbin|lib|lib64)/#/usr/\1/#' | sort -u |
    grep -vE '^/\.$|^/usr/share/(doc|man|locale|info|lintian)/' |
    while IFS= read -r file; do if [ -e "$file" ] || [ -L "$file" ]; then printf '%s\n' "$file"; fi; done |
    tar --create --directory=/ --absolute-names --no-recursion --files-from=- |
    docker import - "$1-files" >/dev/null
  stand_in "$1" --build-arg "FILES=$1-files" --file "$here/system.Dockerfile" "$here"
}

system daywatch-test/debian ca-certificates libstdc++6

node=$(reference node)
if ! exists "$node"; then
  export PATH="$root/node_modules/.bin:$PATH"
  mkdir "$work/etc"
  npm install --global --prefix "$work" --loglevel=error --no-audit --no-fund npm@11.6.2 >/dev/null
  cp "$(readlink -f "$root/node_modules/.bin/node")" "$work/bin/node"
  # What this machine trusts, and where its packages come from: a matter of the machine, never of a Dockerfile.
  cp "${NODE_EXTRA_CA_CERTS:-/etc/ssl/certs/ca-certificates.crt}" "$work/etc/npm-certificates.pem"
  printf 'registry=%s\ncafile=/usr/local/etc/npm-certificates.pem\n' "$(npm config get registry)" >"$work/etc/npmrc"
  stand_in "$node" --file "$here/node.Dockerfile" "$work"
fi

if [ "${1:-}" = --servers ]; then
  system daywatch-test/servers postgresql-15 rabbitmq-server prometheus prometheus-postgres-exporter gosu wget
  for image in postgres rabbitmq prom/prometheus prometheuscommunity/postgres-exporter; do
    name=$(reference "$image")
    exists "$name" || stand_in "$name" --file "$here/${image##*/}.Dockerfile" "$here"
  done
fi
