# Paperboy: `make help` lists what there is. All that is installed goes into .venv.

PYTHON ?= $(shell for python in python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--generate-hashes --no-header --no-emit-index-url --no-emit-find-links

# Where the environment forbids compiled modules to be kept, each process that the tests start would compile the bot.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo demo-live try test test-thorough test-kill test-browser soak bench-search bench-attack bench-matching \
	bench-foryou bench-delivery bench-mornings bench-hours release-check lock clean check-types check-words-and-walls \
	check-tests

help: ## This list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile

demo: .venv/requirements.installed ## See the bot at work: no token, no Discord
	@$(BIN)/paperboy demo

demo-live: .venv/requirements-openai.installed ## See a week of new papers: a local site, a local model, a local Discord
	@$(BIN)/paperboy demo --live

try: .venv/requirements.installed ## Use the bot in a browser: no token, no Discord (PORT=8000)
	@$(BIN)/paperboy try --port $(or $(PORT),8000) --open

test: .venv/requirements-dev.installed ## Lint, format, spelling, types, the rooms' walls, tests with their coverage
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(MAKE) --no-print-directory --jobs 3 check-types check-words-and-walls check-tests

check-tests:
	@$(BIN)/pytest --cov --cov-report=

check-types:
	@$(BIN)/mypy

check-words-and-walls:
	@$(BIN)/codespell
	@$(BIN)/lint-imports --no-logo

test-thorough: .venv/requirements-dev.installed ## All property tests with many examples, and every page of the archive (minutes)
	@$(BIN)/pytest -m 'hypothesis or thorough' --hypothesis-profile thorough

test-kill: .venv/requirements-dev.installed .venv/requirements-replica.installed ## Kill the program 200 times and count what came (some minutes)
	@$(BIN)/pytest -n 0 -m kill tests/kill

test-browser: .venv/requirements-dev.installed ## The page of `make try` in Debian's chromium, which it installs as root
	@command -v chromium >/dev/null || { apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
		apt-get install -qq -y --no-install-recommends chromium fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji; }
	@$(BIN)/pytest -n 0 -m browser tests/browser

soak: .venv/requirements-dev.installed ## 400 days with 200 servers: all comes once, and nothing grows (minutes)
	@$(BIN)/pytest -n0 -m soak tests/soak

bench-search: .venv/requirements-dev.installed ## How right and how fast search is: tables into docs/search.md (an hour)
	@for size in archive 100k 500k; do $(BIN)/python -m bench.search --size $$size || exit 1; done

bench-attack: .venv/requirements-dev.installed ## The worst questions that a hunter finds: tables into docs/search.md (minutes)
	@$(BIN)/python -m bench.attack

bench-matching: .venv/requirements-dev.installed ## How fast a day's papers find their subscriptions: the table in docs/search.md (five minutes)
	@$(BIN)/python -m bench.matching

bench-foryou: .venv/requirements-dev.installed .venv/requirements-bench.installed ## How well "For you" chooses, and how fast: tables into docs/foryou.md (minutes)
	@$(BIN)/python -m bench.foryou

bench-delivery: .venv/requirements-dev.installed ## Ten thousand servers due at once: the table in docs/operations.md (ten minutes)
	@$(BIN)/python -m bench.delivery

bench-mornings: .venv/requirements-dev.installed ## What a morning of 1,000 to 100,000 servers takes: the table in docs/operations.md (a quarter of an hour)
	@$(BIN)/python -m bench.mornings

bench-hours: .venv/requirements-dev.installed ## What an edition holds at which hour: tables in docs/operations.md (minutes)
	@$(BIN)/python -m bench.hours

release-check: test ## Whether this commit can be released: all tests, version, dated changelog, a fresh installation
	@$(BIN)/pytest -n 0 -m release tests/test_release.py

lock: .venv/requirements-dev.installed ## Pin the newest versions that pyproject.toml allows, with hashes
	@$(LOCK) --group build -o requirements-build.txt
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) pyproject.toml --extra openai -c requirements.txt -o requirements-openai.txt
	@$(LOCK) pyproject.toml --extra charts -c requirements.txt -o requirements-charts.txt
	@$(LOCK) pyproject.toml --extra charts --extra openai --group dev -c requirements-openai.txt \
		-c requirements-charts.txt -o requirements-dev.txt
	@$(LOCK) --group bench -c requirements-dev.txt -o requirements-bench.txt
	@$(LOCK) --group replica -c requirements-dev.txt -o requirements-replica.txt

clean: ## Remove .venv and all that was made by tools
	@rm -rf .venv build dist *.egg-info .*_cache .hypothesis .coverage
	@find bot cogs sandbox tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

.venv/bin/python:
	@test -n "$(PYTHON)" || { echo "Paperboy needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@echo "Making .venv with $(PYTHON)"
	@$(PYTHON) -m venv .venv

# The stamps say that what a requirements file names is installed, and the project itself on top of it. Without build
# isolation, since an isolated build would fetch a setuptools of its own without a hash.
.venv/%.installed: %.txt requirements-build.txt pyproject.toml | .venv/bin/python
	@echo "Installing $<"
	@$(PIP) install --require-hashes -r requirements-build.txt
	@$(PIP) install --require-hashes --no-build-isolation -r $<
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@
