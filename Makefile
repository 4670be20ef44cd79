# demo: set up, import the sample archive, index it, serve it.  test: set up, run the whole test suite.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

export PYTHONUTF8 := 1

.PHONY: help demo test lint format bench lock docs clean

help:
	@echo "make demo    set everything up and serve the sample archive on http://127.0.0.1:$(PORT)"
	@echo "make test    set everything up and run the whole test suite"
	@echo "make lint    ruff and mypy, as CI runs them"
	@echo "make bench   measure on a given archive: make bench JSONL=news.jsonl.gz QUERIES=queries.tsv"
	@echo "make lock    pin the newest versions that pyproject.toml allows"
	@echo "make docs    write the generated parts of docs/ anew"

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "tintuc-search needs Python 3.11 or newer: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.lock requirements-build.lock pyproject.toml hatch_build.py $(wildcard src/tintuc_search/engine/compiled/*.p[yx]*)
	$(PIP) --no-deps -r requirements.lock -r requirements-build.lock
	$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(PIP) --no-deps -r requirements-dev.lock
	@touch $@

demo: export TINTUC_HOME ?= var
demo: $(VENV)/.run
	$(BIN)/tintuc import corpus/pages
	$(BIN)/tintuc index
	$(BIN)/tintuc serve --port $(PORT)

test: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto $(TESTS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev
	@test -f "$(JSONL)" -a -f "$(QUERIES)" || \
	  { echo "make bench JSONL=articles.jsonl.gz QUERIES=queries.tsv (id, tab, title a line)"; exit 2; }
	$(BIN)/python -m benchmarks.cleaning corpus/pages
	$(BIN)/python -m benchmarks.indexing "$(JSONL)" --limit 2000
	$(BIN)/python -m benchmarks.engines "$(JSONL)" "$(QUERIES)"
	$(BIN)/python -m benchmarks.search_speed "$(JSONL)" "$(QUERIES)"
	$(BIN)/python -m benchmarks.relevance "$(JSONL)" "$(QUERIES)"

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

lock: $(VENV)/.dev
	$(PIP) uv
	$(BIN)/uv pip compile --quiet --strip-extras --universal --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --strip-extras --universal --python-version 3.11 --extra dev pyproject.toml -o requirements-dev.lock
	$(BIN)/python -c 'import tomllib; print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], "editables", sep="\n")' | \
	  $(BIN)/uv pip compile --quiet --universal --python-version 3.11 -c requirements.lock -o requirements-build.lock -

clean:
	rm -f src/tintuc_search/engine/compiled/*.so
	rm -rf $(VENV) var .mypy_cache .ruff_cache .pytest_cache .hypothesis
