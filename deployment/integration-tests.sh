#!/usr/bin/env bash
# Runs the business scenarios of features/ inside Compose, in a container of their own: beside a system of the same
# docker-compose.yml that is made for them and removed afterwards. Ends with 0 where every scenario has passed, else with 1;
# then what all containers said is in integration-tests.log at the root of the repository.
set -uo pipefail
cd "$(dirname "$0")" || exit 1

# COMPOSE_FILE may name more files, such as that of test-images/.
export COMPOSE_FILE="${COMPOSE_FILE:-docker-compose.yml}:$PWD/docker-compose.test.yml"
export COMPOSE_PROJECT_NAME=daywatch-features
# Any free ports: nobody asks for them here, and a system of one's own may have the usual ones.
export DAYWATCH_API_PORT=0 DAYWATCH_GRAFANA_PORT=0
log=$PWD/../integration-tests.log

if docker compose version >/dev/null 2>&1; then compose() { docker compose "$@"; }
else compose() { docker-compose "$@"; }; fi

clean_up() { compose down --volumes --remove-orphans >/dev/null 2>&1; }
trap 'clean_up; exit 1' INT TERM

# Whether a process is ready for scenarios, by its own word. Bounded: 60 times a second and a bit.
wait_for() {
  for _ in $(seq 60); do
    compose exec -T "$1" "$2" health >/dev/null 2>&1 && return
    sleep 1
  done
  echo "$1 is not ready" >&2
  return 1
}

run() {
  compose up --build --detach calendar-api calendar-scheduler calendar-sender checker restapi gometr || return 1
  for service in calendar-api calendar-scheduler calendar-sender checker restapi gometr; do
    wait_for "$service" "${service//-/_}" || return 1
  done
  # What it depends on is there; started along with it, the containers that run once and end would end the run.
  compose up --build --no-deps --exit-code-from features features
}

run
code=$?
if [ "$code" -ne 0 ]; then
  compose logs --no-color >"$log" 2>&1
  echo "The scenarios have not passed. What the containers said is in $(realpath "$log")" >&2
fi
clean_up
[ "$code" -eq 0 ]
