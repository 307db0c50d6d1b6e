# make demo: generates a repository, checks it, builds its site.   make test: runs the whole suite.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
SMS = $(BIN)/sms
DEMO ?= demo
PORT ?= 8000
INSTALLED = $(VENV)/.installed
WITH_TESTS = $(VENV)/.installed-dev
JOBS ?= auto
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: demo test coverage quick check site serve lint types layers bench clean
.DEFAULT_GOAL := demo

demo: $(INSTALLED)
	rm -rf "$(DEMO)"
	$(SMS) init "$(DEMO)" --example --with-history
	$(SMS) -C "$(DEMO)" check
	$(SMS) -C "$(DEMO)" verify
	$(SMS) -C "$(DEMO)" site build
	@echo
	@echo "Read it:     $(SMS) -C $(DEMO) site serve     then open http://127.0.0.1:8000"
	@echo "Look back:   $(SMS) -C $(DEMO) register --as-of 2025-12-15     and: $(SMS) -C $(DEMO) diff POL-002 1.0 2.0"
	@echo "Break it:    in $(DEMO): git switch -c try, change a word in policies/POL-001-*.md, git commit -am Try; then: $(SMS) -C $(DEMO) gate"
	@echo "Start yours: $(SMS) init ../my-sms"

test: $(WITH_TESTS)
	$(BIN)/python -m pytest -n $(JOBS)

coverage: $(WITH_TESTS)
	$(BIN)/python -m pytest -n $(JOBS) --cov --cov-report=term

quick: $(WITH_TESTS)
	$(BIN)/python -m pytest -n $(JOBS) --ignore tooling/tests/site

check: $(INSTALLED)
	$(SMS) check

site: $(INSTALLED)
	$(SMS) site build

serve: $(INSTALLED)
	$(SMS) site serve --port $(PORT)

lint: $(WITH_TESTS)
	$(BIN)/ruff check tooling
	$(BIN)/ruff format --check tooling

types: $(WITH_TESTS)
	$(BIN)/mypy

layers: $(WITH_TESTS)
	$(BIN)/lint-imports

bench: $(WITH_TESTS)
	$(BIN)/python tooling/bench/run.py
	$(BIN)/python tooling/bench/approvals.py
	$(BIN)/python tooling/bench/site.py

clean:
	rm -rf $(VENV) $(DEMO) site build dist .*_cache .coverage*

$(VENV)/bin/python:
	@command -v git >/dev/null || { echo "git is needed and was not found. Install it, then run make again."; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed. Name yours: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 3; }
	$(PYTHON) -m venv $(VENV)

$(INSTALLED): $(VENV)/bin/python pyproject.toml tooling/constraints.txt
	$(PIP) -e '.[xlsx]' -c tooling/constraints.txt
	@touch $@

$(WITH_TESTS): $(INSTALLED) tooling/install_browser.py
	$(PIP) -e '.[dev,xlsx,pdf,zensical]' -c tooling/constraints.txt
	$(BIN)/python tooling/install_browser.py
	@touch $@
