# make run    the demo, from a fresh clone       PORT=8080  LAN=1 (try it on a real phone)  CROWD=6 (people to serve)
#             BALCAO_DEMO_PASSWORD=…
# make practice  simulated people in twelve situations, for whoever learns to attend     PORT=8080  SITUATION=7
# make build  the pages, in signaling/static
# make check  format, lint, types, imports, protocol, known weaknesses, fast tests: about a minute
# make test   everything
# make picture  the picture of the README, from the pages as they are now
# make bench  the figures of docs/figures.md
# make chaos  a thousand faults, and ten thousand double accepts: some quarter of an hour     FAULTS=1000  SEED=1

SHELL := /bin/sh
PYTHON ?= $(shell command -v python3 || command -v python)
ifeq ($(strip $(PYTHON)),)
$(error O Balcão precisa do Python 3.11 ou mais novo. Instale-o com: apt-get install python3 python3-venv)
endif

BOOT := $(PYTHON) tools/bootstrap.py
BIN := .venv/bin
FAST := tests/unit tests/contract tests/lua tests/model
EACH_CORE := -n auto --maxprocesses 4
# Two things at a time, in the order of their names as far as that goes. Each tells all at its end.
BESIDE = $(MAKE) --no-print-directory -j2 $(if $(filter output-sync,$(.FEATURES)),--output-sync=target)
LOOKS := format lint types imports protocol web-check web-test audit

.PHONY: run practice dev build check test bench chaos picture lock audit clean format lint types imports protocol web-check web-test fast stories short-day

run:
	@$(BOOT) run $(if $(PORT),--port $(PORT)) $(if $(filter-out 0,$(LAN)),--lan) $(if $(filter-out 0,$(CROWD)),--crowd $(CROWD))

practice: dev build
	@$(BIN)/balcao practice $(if $(PORT),--port $(PORT)) $(if $(SITUATION),--situation $(SITUATION))

dev:
	@$(BOOT) dev

build:
	@$(BOOT) web

check: dev build
	@$(BESIDE) fast $(LOOKS)

format: dev
	$(BIN)/ruff format --check .

lint: dev
	$(BIN)/ruff check .

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports --no-logo

protocol: dev
	$(BIN)/python -m signaling.protocol.export --check

web-check: dev
	@$(BOOT) npm run check

web-test: dev
	@$(BOOT) npm test

fast: dev build
	$(BIN)/pytest -q $(EACH_CORE) $(FAST) --stories 20

# Those of a browser have the machine for themselves.
test: dev build
	@$(BOOT) machine
	@$(BESIDE) stories $(LOOKS) short-day
	$(BIN)/pytest -q $(EACH_CORE) tests/server
	$(BIN)/pytest tests/e2e --no-pictures

# The fast tests in one process: where coverage is measured, a worker of many once never ended. A story then takes five times
# as long, so that few are told, and all of them afterwards.
stories: dev build
	$(BIN)/pytest -q $(FAST) --stories 5 --cov --cov-report=
	$(BIN)/coverage report --include='rooms/*' --fail-under=95
	$(BIN)/pytest -q tests/model --stories 80

short-day: dev
	$(BIN)/pytest -q tests/chaos

bench: dev build
	@$(BOOT) machine
	$(BIN)/pytest -q -s tests/bench

chaos: dev
	$(BIN)/python -m tests.chaos $(or $(FAULTS),1000) $(or $(SEED),1)
	$(BIN)/python -m tests.chaos.races $(or $(TICKETS),10000)

# The locks carry every wheel's hash and name no index: they install from wherever pip is told to look.
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-strip-extras \
	--custom-compile-command 'make lock'

picture: dev
	@$(BOOT) machine
	$(BIN)/python -m tests.e2e.picture

lock: dev
	$(BIN)/pip install -q uv
	$(UV) --extra postgres pyproject.toml -o requirements.lock $(UPGRADE)
	$(UV) --extra postgres --group dev -c requirements.lock pyproject.toml -o requirements-dev.lock $(UPGRADE)
	$(UV) --no-deps --group node -o requirements-node.lock $(UPGRADE)

# Asks PyPI and npm about known weaknesses. Where they cannot be reached it says so and goes on: check needs no network.
audit: dev
	@$(BIN)/python tools/audit.py

clean:
	rm -rf .venv web/node_modules signaling/static .cache .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage*
