# The two commands a newcomer needs: make run, make test. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
ENV_READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev

.PHONY: help run test check bench fix
help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

$(ENV_READY): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên (Python 3.11 or newer is needed).") if sys.version_info < (3, 11) else None'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(DEV_READY): $(ENV_READY) requirements-dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

check: $(DEV_READY) ## format, lint, types, fast tests, generated docs (about a minute)
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy
	$(PY) -m pytest -m "not slow" -n auto

fix: $(DEV_READY) ## format and mend what the linter can
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .
