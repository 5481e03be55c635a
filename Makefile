# The commands of Fiel. Each makes the one .venv it needs first; `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test proof check bench bench-quality screens

help:
	@echo "make demo    the shop, on real purchases: prints its links"
	@echo "make test    the tests, without the long proofs"
	@echo "make proof   the long proofs"
	@echo "make screens the preference centre as pictures, in screens/ (needs Chromium)"
	@echo "make check   style, types, layers"
	@echo "make bench   speed, written to bench/results"
	@echo "make bench-quality   relevance beside other recommenders, written there too"

demo: $(READY)
	$(BIN)/fiel demo

test: $(READY)
	$(BIN)/pytest -n 2 --timeout 120

proof: $(READY)
	$(BIN)/pytest -n 2 --timeout 1500 -m proof

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy src tests bench
	$(BIN)/lint-imports

screens: $(READY)
	$(BIN)/python -m tests.browser.screens

bench: $(READY)
	$(BIN)/python -m bench

bench-quality: $(READY)
	$(BIN)/python -m bench.quality

# Made anew when the lock or the package's own description changes.
$(READY): requirements/dev.txt requirements/base.in requirements/dask.in requirements/ui.in pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "fiel: needs Python 3.11 or newer; name one, for example: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "fiel: this Python cannot make a virtual environment: its venv module is missing"; \
	  if command -v apt-get >/dev/null; then echo "fiel: install it with: apt-get install python3-venv"; fi; \
	  exit 1; }
	@echo "fiel: setting up $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)
