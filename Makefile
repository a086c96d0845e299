# Thin targets: what they do is in bin/.
.DEFAULT_GOAL := help
.PHONY: help setup run reset test check fmt lock coverage audit-pages bench drills

PYTHON := .venv/bin/python

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

setup: ## Install what is missing, without starting anything
	@bin/setup

run: ## Start it with demo data: web server, worker, embedded database and broker (PORT, HOST)
	@bin/setup
	@$(PYTHON) bin/run.py

reset: ## Delete the embedded database with the demo, uploads, mail and queue
	@python3 bin/reset.py

test: ## Everything: checks, tests on SQLite and on PostgreSQL + Redis, browser tests
	@bin/setup --dev
	@$(PYTHON) bin/test.py

check: ## Only the checks: lint, format, types, imports, templates, migrations
	@bin/setup --dev
	@$(PYTHON) bin/test.py checks

fmt: ## Put code and templates in shape
	@bin/setup --dev
	@.venv/bin/ruff check --fix --quiet . && .venv/bin/ruff format --quiet .
	@.venv/bin/djlint templates --reformat --quiet || true

coverage: ## The tests on SQLite again, with every branch counted
	@bin/setup --dev
	@$(PYTHON) bin/test.py coverage

audit-pages: ## axe over every page, programme, mode and width
	@bin/setup --dev
	@$(PYTHON) bin/test.py audit

bench: ## Speed as ratios, each against its floor: SCALE=small (a minute) or national (PostgreSQL)
	@bin/setup --dev
	@$(PYTHON) -m bench $(or $(SCALE),small)

drills: ## Kill workers, empty Redis, save rows at once, for real (PostgreSQL): DRILLS="kills --kills 50" or "savers --pairs 1000"
	@bin/setup --dev
	@$(PYTHON) -m tests.drills $(DRILLS)

lock: ## Write both lock files anew from pyproject.toml
	@bin/lock
