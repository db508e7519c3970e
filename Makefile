# make demo   the board over the full sample district        make test    everything that must hold
# make bench  how fast, how small, written to RESULTS.md      make format  lays out the code
# make clean  removes what was installed and made here
#
# Needs Python 3.11 or later and make. PYTHON=python3.13 chooses another interpreter.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
DEMO   := red-steward-demo
PORT   ?= 8501

.DEFAULT_GOAL := help
.PHONY: help demo test bench format clean browser
.DELETE_ON_ERROR:

help:
	@sed -n '1,5s/^# //p' Makefile

demo: $(VENV)/.board
	$(BIN)/steward demo --dir $(DEMO) --port $(PORT)

# Types and import rules are looked at beside the tests, which leave a core idle now and then; both must hold.
# Compiled files are kept whatever the surroundings say: else each process of the tests would compile all that it imports.
test: export PYTHONDONTWRITEBYTECODE =
test: $(VENV)/.tests browser
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	@bash .ci/both "$(BIN)/mypy && $(BIN)/lint-imports" "$(BIN)/pytest -n auto"

bench: $(VENV)/.tests browser
	$(BIN)/python -m tests.benchmarks $(BENCH)

format: $(VENV)/.tests
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

browser:
	@bash .ci/browser

clean:
	rm -rf $(VENV) $(DEMO) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

# The stamps below are newer than what they were made from, so a second `make` installs nothing.
# pip compiles what it installs file by file; on all cores that takes a third of the time. A file that does not compile
# (of another Python's syntax, say) is met by whoever imports it.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile -c constraints.txt
COMPILE = $(BIN)/python -m compileall -qq -j 0 $(VENV)/lib || true

$(VENV)/.python:
	@bash .ci/python "$(PYTHON)" $(VENV)
	@touch $@

$(VENV)/.board: $(VENV)/.python pyproject.toml setup.py constraints.txt
	$(INSTALL) -e .
	@$(COMPILE)
	@touch $@

# With the tests' extra the board itself is installed as well: once, not twice.
$(VENV)/.tests: $(VENV)/.python pyproject.toml setup.py constraints.txt
	$(INSTALL) -e '.[test]'
	@$(COMPILE)
	@touch $(VENV)/.board $@
