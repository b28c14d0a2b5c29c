# make run: set up and start with a fictitious company.   make test, make check: what must pass.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

PYTHON ?= $(shell for found in python3.11 python3.12 python3.13 python3; do \
	command -v $$found && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet --no-input
UP ?=

.PHONY: help run test check bench soak requirements clean
help: ## what there is
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/^([a-z]+):.*## /  make \1\t/'

run: $(VENV)/.ready ## set up and start, with a fictitious company (UP="--port 9000" adds options)
	@exec $(BIN)/adhere up --demo $(UP)

test: $(VENV)/.ready-dev ## all tests, on SQLite and on PostgreSQL
	@scripts/test

check: $(VENV)/.ready-dev ## style, types, import rules
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@if [ -f banner/package.json ]; then $(MAKE) -C banner check; fi

bench: $(VENV)/.ready-bench ## the measured numbers, with ratios
	@$(BIN)/python -m bench

soak: $(VENV)/.ready-dev ## kill -9 the edge at 500 random moments under load (MOMENTS=12 for fewer)
	@$(BIN)/python src/adhere/areas/cookies/tests/consent_killing.py $(or $(MOMENTS),500)

requirements: $(VENV)/.pip-tools ## pin the newest releases that fit, with hashes
	for name in base dev bench; do \
		$(VENV)/tools/bin/pip-compile --upgrade --quiet --generate-hashes --allow-unsafe \
			--strip-extras --no-header --no-emit-index-url --no-emit-trusted-host \
			--no-emit-find-links --output-file requirements/$$name.txt requirements/$$name.in; \
	done

clean: ## take away what the other targets made (the data folder stays)
	rm -rf $(VENV) build .mypy_cache .ruff_cache .import_linter_cache .hypothesis .pytest_cache
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +

$(VENV)/.packages: scripts/system-packages
	@scripts/system-packages
	@mkdir -p $(VENV) && touch $@

$(BIN)/python: | $(VENV)/.packages
	@echo "making $(VENV)"
	@test -n "$(PYTHON)" || { echo "Adhere needs Python 3.11 or newer: install python3" >&2; exit 2; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Adhere needs Python 3.11 or newer; $(PYTHON) is older" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements/base.txt pyproject.toml $(VENV)/.packages | $(BIN)/python
	@echo "installing what Adhere needs"
	@$(PIP) install --require-hashes -r requirements/base.txt
	@$(PIP) install --no-deps --no-build-isolation --no-index --editable .
	@touch $@

$(VENV)/.ready-dev: requirements/dev.txt $(VENV)/.ready
	@echo "installing what its tests and checks need"
	@scripts/system-packages firefox-esr
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

$(VENV)/.ready-bench: requirements/bench.txt $(VENV)/.ready-dev
	@echo "installing the peers to measure beside"
	@scripts/system-packages wrk
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/.pip-tools: | $(BIN)/python
	@$(PYTHON) -m venv $(VENV)/tools
	@$(VENV)/tools/bin/python -m pip --quiet install pip-tools
	@touch $@
