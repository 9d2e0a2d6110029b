# The two commands a newcomer needs: make run, make test. `make help` lists the rest.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
# Many short processes start from the same sources: their bytecode is kept, whatever the surroundings say.
export PYTHONDONTWRITEBYTECODE :=
# Made, mended and brought up to its lists; asks nothing of the network where nothing changed.
READY := $(PYTHON) bundle/environment.py requirements.txt
DEMO := # options of the demo, say --years 2025
EXPORT := --quiet --frozen --no-emit-project --no-header
TESTS := # which tests, all if empty

.PHONY: help run test check lint bench fix docs golden notebook bundle evaluate lock environment dev-environment notebook-environment
help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 12

run: environment ## the demo, until real work was begun; then the dashboard on http://localhost:8501
	$(PY) -m pipelines run $(DEMO)

test: dev-environment ## every test: browser, LibreOffice, crashes, the demo (about half an hour on two cores)
	tests/system_packages.sh
	$(PY) -m pytest -n 3 --dist worksteal $(TESTS)

check: lint ## lint, fast tests, generated docs (about four minutes)
	$(PY) -m pytest -m "not slow" -n auto

lint: dev-environment ## format, lint, types
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

bench: dev-environment ## speed and memory, as ratios within one run
	$(PY) -m tests.bench

fix: dev-environment ## format and mend what the linter can
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

notebook: notebook-environment ## JupyterLab on the notebooks for analysts; asks nothing of the network
	cd notebooks && ../$(PY) -m jupyterlab --LabApp.app_settings_dir=.lab --LabApp.extension_manager=readonly

evaluate: environment ## the signals tried where the truth is known: docs/evaluation.md and its pictures (about six minutes)
	$(PY) -m pipelines evaluate

golden: dev-environment ## the reviewed figures of the demo, to be read as a difference
	$(PY) -m tests.golden

bundle: environment ## a folder in dist/ that installs on a machine without a network
	$(PY) -m bundle

lock: ## the packages of pyproject.toml resolved again, and the three lists exported (needs uv; UPGRADE="-P pandas" for newer ones)
	uv lock $(UPGRADE)
	uv export $(EXPORT) --output-file requirements.txt
	uv export $(EXPORT) --group dev --output-file requirements-dev.txt
	uv export $(EXPORT) --group notebook --output-file requirements-notebook.txt

docs: environment ## write the generated docs again
	$(PY) -m pipelines dictionary

environment:
	@$(READY)

dev-environment:
	@$(READY) requirements-dev.txt

notebook-environment:
	@$(READY) requirements-notebook.txt
