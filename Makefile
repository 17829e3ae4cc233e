# `make demo` shows the tool at work, `make test` passes the tests; both set up
# everything they need in .venv, from nothing but python3 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
# Real articles may lie beside the checkout; our own samples always do.
SAMPLES := $(wildcard ../shared/seeds/*.txt) seeds/en-front.txt

.PHONY: demo test lint types rules package bench format clean check

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

demo: $(READY)
	$(BIN)/normalize run -p news-en --diff --exit-zero --color always $(SAMPLES)
	$(BIN)/normalize explain -p news-en --color always - < $(firstword $(SAMPLES))

test: $(READY)
	$(BIN)/python -m pytest

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

rules: $(READY)
	$(BIN)/normalize rules test
	$(BIN)/normalize rules lint
	$(BIN)/normalize rules schema --check

# The wheel, installed into an empty environment and run from another folder.
package: $(READY)
	$(BIN)/python tests/packaging/try_packages.py

bench: $(READY)
	$(BIN)/python -m pytest benchmarks --benchmark-only --benchmark-disable-gc
	$(BIN)/python benchmarks/table.py

format: $(READY)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/normalize rules schema

check: lint types rules test package

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .hypothesis .benchmarks
