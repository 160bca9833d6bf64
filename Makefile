# The only door: demo, test, check, fix, bench, docs. Each first makes .venv if it is missing or stale.
.DEFAULT_GOAL := help
.PHONY: help demo test test-spark check fix bench docs lock clean
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
STAMP := .venv/made
SPARK := .venv/made-with-spark
# Tests never touch the network: whatever they need was installed before.
PYTEST := $(BIN)/python -m pytest -n 2 --dist loadfile

help: ## say what each target does
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

$(STAMP): requirements/dev.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Golden Thread needs Python 3.11 or newer; found $$($(PYTHON) --version)."; exit 2; }
	@echo "Making .venv (about a minute)"
	@rm -rf .venv
	@$(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

demo: $(STAMP) ## build the synthetic authority, load it, print its scorecard
	@rm -rf demo && mkdir demo
	$(BIN)/goldenthread synth demo/east --authority east
	$(BIN)/goldenthread load demo/east --as-at 2017-12-31 --store demo/store
	$(BIN)/goldenthread scorecard --store demo/store --on 2017-12-31 -o demo/scorecard.html
	@echo "The scorecard is in demo/scorecard.html: open it in a browser."

test: check ## check, then run every test
	$(PYTEST) tests

check: $(STAMP) ## format, lint, types, layers, house rules; changes nothing
	$(BIN)/ruff format --check --quiet .
	$(BIN)/ruff check --quiet .
	$(BIN)/basedpyright --level error goldenthread
	$(BIN)/lint-imports --no-cache
	$(BIN)/python -m pytest tests/house

fix: $(STAMP) ## repair format and lint
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: $(STAMP) ## measure speed as ratios; prints a table and writes bench/results/
	$(BIN)/python -m bench

docs: $(STAMP) ## generate docs/indicators and docs/standard
	$(BIN)/python -m pytest tests/spec -n 2 --dist loadfile --examples-out build-examples.json
	$(BIN)/python -m docs.generate

$(SPARK): $(STAMP) requirements/spark.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/spark.txt
	@touch $(SPARK)

test-spark: $(SPARK) ## the same figures on Spark in local mode (needs Java 17)
	$(BIN)/python -m pytest tests/spark

lock: $(STAMP) ## renew the lock files after a change of dependencies (needs uv)
	uv pip compile -q pyproject.toml --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements/library.txt
	uv pip compile -q pyproject.toml requirements/dev.in --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -o requirements/dev.txt
	uv pip compile -q pyproject.toml requirements/spark.in --generate-hashes --no-emit-index-url --no-header --python-version 3.11 -c requirements/dev.txt -o requirements/spark.txt

clean: ## remove what was made
	rm -rf .venv demo build bench/results
