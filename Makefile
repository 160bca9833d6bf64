# The only door: demo, test, check, fix, bench, docs. Each first makes .venv if it is missing or stale.
.DEFAULT_GOAL := help
.PHONY: help demo stop test test-postgresql test-browser test-spark check coverage fix bench docs definitions \
  lock clean components faults
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# Stale means: other versions are locked than are installed, or the project says otherwise what it is.
LOCKED := .venv/made
STAMP := .venv/installed
SPARK := .venv-spark/made
FAULTS := .venv-faults/made
# Tests never touch the network: whatever they need was installed before.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile
# In this order: the council of the journeys is made while pages are tested; the many short files come last, so
# that no process waits long for the other.
IN_ORDER := $(PYTEST) --no-loadscope-reorder
BOTH_DATABASES := GOLDENTHREAD_TEST_DATABASE=postgresql $(IN_ORDER) tests/web/pages tests/web/unit -m both_databases

help: ## say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

$(LOCKED): requirements/dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Golden Thread needs Python 3.11 or newer; found $$($(PYTHON) --version)."; exit 2; }
	@echo "Making .venv (about a minute)"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $(LOCKED)

$(STAMP): $(LOCKED) pyproject.toml
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP) ## build the synthetic authority, load it, print its scorecard, start the service
	@[ ! -d demo ] || $(BIN)/python -m goldenthread_web.demo demo --stop
	@rm -rf demo && mkdir demo
	$(BIN)/goldenthread synth demo/east --authority east
	$(BIN)/python -m goldenthread_web.demo demo --do-not-start
	$(BIN)/goldenthread scorecard --store demo/store --on 2017-12-31 -o demo/scorecard.html
	@echo "The scorecard is in demo/scorecard.html: open it in a browser."
	@$(BIN)/python -m goldenthread_web.demo demo --start-only

stop: ## stop the service that `make demo` started
	@$(BIN)/python -m goldenthread_web.demo demo --stop

test: export GOLDENTHREAD_TEST_COMPILED := $(CURDIR)/build/compiled
test: check ## check, then the tests of the library, of the service, and journeys in a browser
	@rm -rf build/compiled && mkdir -p build
	$(IN_ORDER) tests --ignore tests/house --ignore tests/spark --ignore tests/web --examples-out build/examples.json
	$(BIN)/python -m docs.generate --check --examples build/examples.json
	$(IN_ORDER) tests/web/pages tests/web/browser tests/web/unit
	@if $(BIN)/python -m tests.web.postgresql; then $(BOTH_DATABASES); fi

test-postgresql: $(STAMP) ## the tests of the service on a PostgreSQL server that they start
	GOLDENTHREAD_TEST_DATABASE=postgresql $(PYTEST) tests/web --ignore tests/web/browser

test-browser: $(STAMP) ## journeys in a real browser, one for each role; without Chromium it says that nothing was checked
	$(PYTEST) tests/web/browser

check: $(STAMP) ## format, lint, types, layers, house rules; changes nothing
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/basedpyright --level error goldenthread
	$(BIN)/lint-imports --no-cache
	$(PYTEST) tests/house

coverage: $(STAMP) ## the tests of the library, measured: fails where a branch of it is not run (half an hour)
	@mkdir -p build
	COVERAGE_FILE=build/coverage $(IN_ORDER) tests --ignore tests/house --ignore tests/spark --ignore tests/web \
	  --cov --cov-report=term --cov-report=html:build/coverage-pages

fix: $(STAMP) ## repair format and lint
	$(BIN)/ruff check --fix --quiet . || true
	$(BIN)/ruff format .

bench: $(STAMP) ## measure the library beside a bare reading, the service beside a bare view; writes bench/results/
	$(BIN)/goldenthread bench -o bench/results/library.json
	$(BIN)/python -m bench.service

docs: $(STAMP) ## generate docs/indicators and docs/standard
	@mkdir -p build
	$(PYTEST) $$(grep -l worked_example tests/spec/test_*.py) --examples-out build/examples.json
	$(BIN)/python -m docs.generate --examples build/examples.json

definitions: $(STAMP) ## write down what definitions compile to; NO_FIGURE_MOVES=1 for a change of form
	$(BIN)/python -m tests.house.fingerprints $(if $(NO_FIGURE_MOVES),--no-figure-moves)

$(SPARK): $(STAMP) requirements/dev.txt requirements/spark.txt
	@echo "Making .venv-spark (Spark is large: a few minutes)"
	@rm -rf .venv-spark
	@$(PYTHON) -m venv .venv-spark
	@.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt -r requirements/spark.txt
	@.venv-spark/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(SPARK)

test-spark: $(SPARK) ## the same figures on Spark in local mode (needs Java 17)
	.venv-spark/bin/python -m pytest tests/spark

components: $(STAMP) ## list what the service is made of, as CycloneDX: build/components.json
	@mkdir -p build
	$(BIN)/python -m deploy.components > build/components.json

$(FAULTS): requirements/faults.txt
	@rm -rf .venv-faults
	@$(PYTHON) -m venv .venv-faults
	@.venv-faults/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/faults.txt
	@touch $(FAULTS)

faults: $(FAULTS) ## ask which locked dependencies have a known fault (needs the network); 1: there are, 2: not asked
	@.venv-faults/bin/python -m deploy.faults

lock: $(STAMP) ## renew the lock files after a change of dependencies (needs uv)
	uv pip compile -q pyproject.toml --generate-hashes --no-strip-extras --no-emit-index-url --no-header --python-version 3.11 -o requirements/library.txt
	uv pip compile -q pyproject.toml --extra web --generate-hashes --no-strip-extras --no-emit-index-url --no-header --python-version 3.11 -o requirements/web.txt
	uv pip compile -q pyproject.toml requirements/dev.in --extra web --generate-hashes --no-strip-extras --no-emit-index-url --no-header --python-version 3.11 -o requirements/dev.txt
	uv pip compile -q pyproject.toml requirements/spark.in --generate-hashes --no-strip-extras --no-emit-index-url --no-header --python-version 3.11 -c requirements/dev.txt -o requirements/spark.txt
	uv pip compile -q requirements/faults.in --generate-hashes --no-strip-extras --no-emit-index-url --no-header --python-version 3.11 -o requirements/faults.txt

clean: ## remove what was made
	rm -rf .venv .venv-spark .venv-faults demo build bench/results
