# Every target does its own set-up: on a fresh machine with git, make, and Node 20 or newer with npm,
# `make run` and `make test` are enough. The project brings its own Node 24 through npm.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PATH := $(CURDIR)/node_modules/.bin:$(PATH)

# Compose 2 is a part of docker, 1.29 a program of its own.
COMPOSE = $(shell docker compose version >/dev/null 2>&1 && echo docker compose || echo docker-compose)

.PHONY: help run test check format format-check lint types dead-code build migrate generate bench screenshots images up down logs integration-tests test-cluster install clean

help: ## list the targets
	@sed -nE 's/^([a-z-]+):[^#]*## (.*)/  make \1\t\2/p' Makefile | expand -t 24

run: node_modules/.installed bin/.built ## start Daywatch on http://localhost:8888, with a PostgreSQL of its own
	@exec bin/daywatch run

test: node_modules/.installed ## run every test; the last line sums them up
	@tools/install-debian-packages
	@node tools/test.ts

check: node_modules/.installed format-check lint types dead-code test ## the whole gate: format, lint, types, dead code, tests

format: node_modules/.installed ## format every source
	@oxfmt

format-check: node_modules/.installed
	@oxfmt --check

lint: node_modules/.installed ## lint, with types, the directions of dependencies and the contract
	@oxlint --type-aware --deny-warnings
	@buf lint

types: node_modules/.installed ## check the types
	@tsc -p tsconfig.json
	@tsc -p packages/recurrence/tsconfig.json
	@tsc -p web/tsconfig.json
	@tsc -p web/tests/tsconfig.json

dead-code: node_modules/.installed ## find unused files, exports and dependencies
	@knip

build: bin/.built ## bundle the executables into bin/

migrate: node_modules/.installed ## migrate the database that DAYWATCH_STORAGE_DSN names
	@node services/daywatch/src/main.ts migrate

generate: node_modules/.installed ## generate the protobuf code, the reference of the configuration, the types of the page, dashboards and manifests
	@buf generate
	@node tools/generate-configuration.ts
	@node tools/generate-web-api.ts
	@node deployment/grafana/src/main.ts
	@node tools/generate-kubernetes.ts

bench: node_modules/.installed ## measure ours beside the limit, in the same run
	@tools/install-debian-packages victoria-metrics
	@node bench/src/main.ts

screenshots: node_modules/.installed ## draw the pictures of the page in docs/images/ anew
	@tools/install-debian-packages
	@node web/screenshots.ts

images: ## build the image of every process
	@$(COMPOSE) build
	@docker build --file deployment/docker/operator.Dockerfile --tag daywatch/operator .

up: ## start everything in containers: the API on http://localhost:8888, Grafana on http://localhost:3000
	@$(COMPOSE) up --build --detach
	@echo 'The API is on http://localhost:8888, Grafana on http://localhost:3000. A first token:'
	@echo '  $(COMPOSE) exec calendar-api calendar_api token create laptop --user $$USER --scope calendar monitor:read'

down: ## stop the containers; VOLUMES=1 removes their data too
	@$(COMPOSE) down --remove-orphans $(if $(VOLUMES),--volumes)

logs: ## follow what the containers say
	@$(COMPOSE) logs --follow --tail=100

integration-tests: ## run the business scenarios inside of containers, and remove those
	@deployment/integration-tests.sh

test-cluster: node_modules/.installed ## run the scenarios of the operator in the cluster that KUBECONFIG names
	@node services/operator/features/run-in-cluster.ts

install: node_modules/.installed ## install the dependencies only

clean: ## remove what can be made again (not the data folder)
	@rm -rf node_modules bin web/dist

# Sources run as they are; what people start is bundled, because that starts four times as fast.
bin/.built: node_modules/.installed tools/build.ts $(shell find packages services -name '*.ts' -path '*/src/*' -o -name '*.sql' -path '*/migrations/*') $(shell find web -type f -not -path 'web/dist/*' -not -path 'web/tests/*')
	@node tools/build.ts
	@touch $@

# The first installation may run under an older Node: it brings Node 24, and everything else runs on that.
node_modules/.installed: package-lock.json package.json
	@command -v npm >/dev/null || { echo 'make: npm is missing: install Node.js 20 or newer with npm (Debian 13: apt install nodejs npm)' >&2; exit 1; }
	@echo 'Installing dependencies from the lockfile …'
	@npm ci --no-audit --no-fund --loglevel=error
	@test -x node_modules/.bin/node || { echo 'make: npm brought no Node 24 for this platform: Daywatch runs on Linux, x64 and arm64, with glibc' >&2; exit 1; }
	@touch $@
