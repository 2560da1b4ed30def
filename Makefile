# Each target works alone on a fresh clone: Python 3.11+ and a package index are all it takes.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
UV_VERSION := 0.13.9
TESTS ?=
ONLY ?=
ARGS ?=
# What needs many processes started and killed: minutes of its own. CI runs both.
FAULTS := tests/faults tests/integration/test_service.py tests/integration/crawl/test_crawl_faults.py \
	tests/acceptance/test_real_pages.py

# uv reads neither pip's configuration nor its certificates: lend it both.
export UV_SYSTEM_CERTS ?= 1
ifdef PIP_CERT
export SSL_CERT_FILE ?= $(PIP_CERT)
endif

# Every crawl and command is a process. What is compiled is kept, also where the shell asks for none of it: they start in
# half of the time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup run test faults check format bench model serve lock schema clean

help:  ## show this
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*##/\t/' | expand -t 10

setup: $(READY)  ## make .venv with everything that requirements.lock names

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Huiliu needs Python 3.11 or newer; call: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
		{ echo "no venv module: install your system's python3-venv package, or call make with PYTHON=..." >&2; exit 1; }
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	@index=$$($(BIN)/python -m pip config get global.index-url 2>/dev/null || echo "$$PIP_INDEX_URL"); \
		if [ -n "$$index" ] && [ -z "$$UV_DEFAULT_INDEX" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock && \
		$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $(READY)

run: $(READY)  ## crawl the demo site into an embedded Postgres and show the archive
	@$(BIN)/python -m crawler demo

test: $(READY)  ## run the tests, on a private Postgres (TESTS=path for some); `make faults` runs the rest
	@$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder $(or $(TESTS),$(addprefix --ignore=,$(FAULTS)))

faults: $(READY)  ## kill, stop, freeze and starve real crawls, reruns and services; crawl real saved pages
	@$(BIN)/python -m pytest -n 2 --dist loadscope $(FAULTS)

check: $(READY)  ## format, lint, types, import direction, schema.sql
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/ruff check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest tests/migration

format: $(READY)  ## let ruff format and mend what it can
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

bench: $(READY)  ## quality, and speed against peers (needs data beside the repository)
	@$(BIN)/python -m bench

model: $(READY)  ## fit the judge's statistics anew and compare them with what ships (ARGS=--write replaces it)
	@$(BIN)/python -m bench.model $(ARGS)

serve: $(READY)  ## crawl outlets on their schedules, until Ctrl-C (ONLY="jiangsu" for some)
	@$(BIN)/python -m crawler serve $(ONLY)

lock: $(READY)  ## resolve requirements.in anew
	@$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-header requirements.in -o requirements.lock

schema: $(READY)  ## write storage/schema.sql from the migrations
	@home=$$(mktemp -d) && export HUILIU_HOME=$$home && $(BIN)/python -m crawler db schema storage/schema.sql; \
		$(BIN)/python -m crawler db stop; rm -rf $$home

clean:  ## remove .venv and caches; the archive in .huiliu stays
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis build
