# `make demo` shows the tool at work, `make test` passes the tests; both set up
# everything they need in .venv, from nothing but python3 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
FRAMEWORKS := $(VENV)/frameworks
# These start clusters of their own: one after another, in one process, which waits
# for them more than it works.
CLUSTERS := tests/adapters/test_spark.py tests/adapters/test_clusters.py
SAMPLES := seeds/en-front.txt seeds/en-talks.txt

.PHONY: demo test suite clusters lint types rules schema package bench bench-peers bench-answers bench-compare bench-fresh bench-limits bench-plots format clean check man image

$(READY): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $@

# What adapters are tested against: about a minute and 1.5 GB; `demo` does without.
$(FRAMEWORKS): $(READY)
	$(BIN)/python -m pip install --quiet --group pipelines
	touch $@

demo: $(READY)
	$(BIN)/normalize run -p news-en --diff --exit-zero --color always $(SAMPLES)
	for file in $(SAMPLES); do $(BIN)/normalize explain --color always - < $$file; done

test: suite clusters

suite: $(READY) $(FRAMEWORKS)
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal -p no:benchmark $(CLUSTERS:%=--ignore=%)

clusters: $(READY) $(FRAMEWORKS)
	$(BIN)/python -m pytest -p no:benchmark $(CLUSTERS)

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

rules: $(READY)
	$(BIN)/normalize rules test
	$(BIN)/normalize rules lint

schema: $(READY)
	$(BIN)/normalize rules schema --check

# The wheel, installed into an empty environment and run from another folder.
package: $(READY)
	$(BIN)/python tests/packaging/try_packages.py

man: $(READY)
	$(BIN)/python -m normalize.cli.manual > man/normalize.1

image:
	docker build -t normalize .

# One table; a peer that is not installed is left out.
bench: $(READY)
	$(BIN)/python benchmarks/table.py

bench-peers: $(READY)
	$(BIN)/python -m pip install --quiet --group peers
	$(BIN)/python -m pip install --quiet --group icu || echo "PyICU can't be built here: it needs ICU (Debian: libicu-dev, pkg-config, g++). The table leaves it out."

# make bench-compare OLD=main~5 NEW=HEAD
bench-compare: $(READY)
	$(BIN)/python benchmarks/compare.py $(OLD) $(NEW)

# Start, memory, processes, growth, hard texts.
bench-limits: $(READY)
	$(BIN)/python benchmarks/limits.py

# What a new text takes, beside one that was seen before.
bench-fresh: $(READY)
	$(BIN)/python benchmarks/fresh.py

bench-plots: bench-peers
	$(BIN)/python benchmarks/plots.py

# The answers of all workloads, without their times.
bench-answers: $(READY)
	$(BIN)/python benchmarks/workloads.py

format: $(READY)
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .
	$(BIN)/normalize rules schema
	$(MAKE) man

check: lint types schema rules test package

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .hypothesis .benchmarks
