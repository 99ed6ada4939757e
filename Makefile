# One target for each thing that is done with this repository; each sets up .venv itself, from hash-pinned files.
#
#   make demo    index the five reports of corpus/ in a temporary index and search them
#   make serve   the page and the HTTP API on your own index
#   make test    everything that a fresh clone can check: linters, types, all tests on both engines
#   make check   linters and types only
#   make fast    compile extraction to C, where it then runs in three quarters of the time: needs a C compiler, and a minute and a half
#   make plain   remove what `make fast` made
#   make soak    NEWS=FILE.jsonl.gz: load those articles on both engines and ask whether all still holds
#   make extraction NEWS=FILE.jsonl.gz: precision, recall and F1 of each extracted field against the labels, beside the peers', with each error
#   make speed NEWS=FILE.jsonl.gz: articles that one core extracts a second, compiled where that is possible, memory, lines of a megabyte made to be slow
#   make completion NEWS=FILE.jsonl.gz: how long what is offered while one types takes, on both engines, and in a new process
#   make relevance NEWS=FILE.jsonl.gz: how often the report that is meant comes first, on both engines, beside what people would use instead
#   make docs    write the generated parts of README.md and docs/
#   make lock    pin the requirements again after a change in pyproject.toml (newest versions: make lock UPGRADE=--upgrade)
#   make clean   remove .venv and caches

SHELL := bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
.PHONY: help demo serve test check fast plain compiled soak extraction speed completion relevance docs lock clean

PYTHON ?= $(shell for p in python3.11 python3 python; do "$$p" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' 2>/dev/null && echo "$$p" && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
export PYTHONUTF8 := 1

help:
	@sed -n 's/^#   //p' Makefile

.venv/bin/python:
	@if [ -z "$(PYTHON)" ]; then echo "baocao needs Python 3.11: install it, or name it: make PYTHON=/path/to/python3.11" >&2; exit 2; fi
	@echo "making .venv with $(PYTHON)" >&2
	@"$(PYTHON)" -m venv .venv

# The package itself is built without a download: its only build requirement, setuptools, is pinned too.
.venv/runtime: requirements.txt pyproject.toml | .venv/bin/python
	@echo "installing the pinned requirements" >&2
	@$(PIP) --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

# A superset with the same versions, so that it serves both stamps.
.venv/dev: requirements-dev.txt requirements.txt pyproject.toml | .venv/bin/python
	@echo "installing the pinned requirements, with those of the tests" >&2
	@$(PIP) --require-hashes -r requirements-dev.txt
	@PYTHONWARNINGS=ignore $(PIP) --no-deps --no-build-isolation --editable .
	@touch .venv/runtime $@

demo: .venv/runtime
	@bash demo.sh

serve: .venv/runtime
	@exec $(BIN)/baocao serve

check: .venv/dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

fast: .venv/dev
	@$(BIN)/python compile.py

plain:
	@rm -f indexer/extract/*.so

# The source is what is tested; then it is compiled, where there is a compiler, and must make the same records of the corpus and of the portal pages.
# Two processes, each with an Elasticsearch of its own: the tests of a file share what it loads. In the order of their names: the slow files have few
# tests, and would be left for the end.
test: check plain
	@$(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
	@$(MAKE) --no-print-directory compiled NEWS=

# Compiles extraction and asks whether it still makes the same records.
compiled: .venv/dev plain
	@mkdir -p build
	@$(BIN)/python -m tests.extraction.records $(if $(NEWS),"$(NEWS)") > build/records.source
	@$(BIN)/python compile.py --where-possible
	@$(BIN)/python -m tests.extraction.records $(if $(NEWS),"$(NEWS)") > build/records.compiled
	@diff build/records.source build/records.compiled
	@echo "the same records"

soak: .venv/dev
	@if [ -z "$(NEWS)" ]; then echo "name the articles: make soak NEWS=FILE.jsonl.gz" >&2; exit 2; fi
	@$(BIN)/python -m tests.bench.soak "$(NEWS)"

extraction: .venv/dev
	@if [ -z "$(NEWS)" ]; then echo "name the articles: make extraction NEWS=FILE.jsonl.gz" >&2; exit 2; fi
	@$(BIN)/python -m tests.extraction.measure "$(NEWS)" --peers --errors --agreement

speed: .venv/dev
	@if [ -z "$(NEWS)" ]; then echo "name the articles: make speed NEWS=FILE.jsonl.gz" >&2; exit 2; fi
	@$(MAKE) --no-print-directory compiled NEWS="$(NEWS)"
	@$(BIN)/python -m tests.bench.extraction_speed "$(NEWS)"

completion: .venv/dev
	@if [ -z "$(NEWS)" ]; then echo "name the articles: make completion NEWS=FILE.jsonl.gz" >&2; exit 2; fi
	@$(BIN)/python -m tests.bench.completion "$(NEWS)"

relevance: .venv/dev
	@if [ -z "$(NEWS)" ]; then echo "name the articles: make relevance NEWS=FILE.jsonl.gz" >&2; exit 2; fi
	@$(BIN)/python -m tests.relevance.measure "$(NEWS)"

docs: .venv/dev
	@$(BIN)/cog -P -I . -r README.md docs/*.md
	@$(BIN)/python -m tests.snapshots
	@$(BIN)/python -m tests.indexer.test_elastic_query

lock: export CUSTOM_COMPILE_COMMAND := make lock
lock: .venv/dev
	@$(BIN)/pip-compile --quiet $(UPGRADE) --output-file requirements.txt pyproject.toml
	@$(BIN)/pip-compile --quiet $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean:
	@rm -rf .venv build indexer/extract/*.so .mypy_cache .pytest_cache .ruff_cache .hypothesis .schemathesis *.egg-info
