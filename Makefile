# The two commands a newcomer needs: make run, make test. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check
ENV_READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
NOTEBOOK_READY := $(VENV)/.ready-notebook

.PHONY: help run test check lint bench fix docs golden notebook bundle evaluate
help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: $(ENV_READY) ## demo data when the data home is empty, then the dashboard on http://localhost:8501
	$(PY) -m pipelines demo --if-empty
	$(PY) -m dashboard

test: $(DEV_READY) ## every test: browser, LibreOffice, crashes, the whole demo (about fourteen minutes)
	tests/system_packages.sh
	$(PY) -m pytest -n 3 --dist worksteal

check: lint ## lint, fast tests, generated docs (about four minutes)
	$(PY) -m pytest -m "not slow" -n auto

lint: $(DEV_READY) ## format, lint, types
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

bench: $(DEV_READY) ## speed and memory, as ratios within one run
	$(PY) -m tests.bench

fix: $(DEV_READY) ## format and mend what the linter can
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

notebook: $(NOTEBOOK_READY) ## JupyterLab on the notebooks for analysts; asks nothing of the network
	cd notebooks && ../$(PY) -m jupyterlab --LabApp.app_settings_dir=.lab --LabApp.extension_manager=readonly

evaluate: $(ENV_READY) ## the signals tried where the truth is known: docs/evaluation.md and its pictures (about six minutes)
	$(PY) -m pipelines evaluate

golden: $(DEV_READY) ## the reviewed figures of the demo, to be read as a difference
	$(PY) -m tests.golden

bundle: $(ENV_READY) ## a folder in dist/ that installs on a machine without a network
	$(PY) -m bundle

docs: $(ENV_READY) ## write the generated docs again
	$(PY) -m pipelines dictionary

$(ENV_READY): requirements.txt
	$(PYTHON) -c 'import sys; sys.exit("Cần Python 3.11 trở lên (Python 3.11 or newer is needed).") if sys.version_info < (3, 11) else None'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(PIP) -r requirements.txt
	touch $@

$(DEV_READY): $(ENV_READY) requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	touch $@

$(NOTEBOOK_READY): $(ENV_READY) requirements-notebook.txt
	$(PIP) -r requirements-notebook.txt
	touch $@
