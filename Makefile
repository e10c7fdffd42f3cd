# make run    install what is missing, fill an empty database, start web server and worker
# make test   install what is missing, run every test
# make setup  install only
# make bench  measure the workloads that docs/bench.md defines
# make lint   style, types, import contracts, migrations, catalogs

PORT ?= 8000
ARGS ?= -n 4 --dist worksteal
VENV := .venv
PY := $(VENV)/bin/python

.PHONY: help run setup test bench lint
help:
	@sed -n 's/^# //p' Makefile

run: setup
	@PORT=$(PORT) $(PY) manage.py serve

setup: $(VENV)/.runtime

test: $(VENV)/.tests
	@$(PY) -m lms.catalogs
	@$(PY) -m pytest $(ARGS)

bench: $(VENV)/.tests
	@$(PY) -m lms.catalogs
	@$(PY) manage.py bench

lint: $(VENV)/.tests
	@$(VENV)/bin/ruff check .
	@$(VENV)/bin/ruff format --check .
	@$(VENV)/bin/mypy
	@$(VENV)/bin/lint-imports
	@$(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m lms.catalogs --check

$(VENV)/.runtime: requirements.lock
	@sh deploy/install.sh $(VENV) requirements.lock
	@$(PY) -m lms.catalogs
	@touch $@

$(VENV)/.tests: requirements-test.lock $(VENV)/.runtime
	@sh deploy/install.sh $(VENV) requirements-test.lock
	@touch $@
