# The commands of Fiel. Each makes the one .venv it needs first; `make` alone lists them.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help browser demo test proof check bench bench-quality screens

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

test: browser
	$(BIN)/pytest -n 2 --timeout 120

proof: browser
	$(BIN)/pytest -n 2 --timeout 1500 -m proof

check: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy src tests bench
	$(BIN)/lint-imports

screens: browser
	$(BIN)/python -m tests.browser.screens

bench: $(READY)
	$(BIN)/python -m bench

bench-quality: $(READY)
	$(BIN)/python -m bench.quality

# Pages are proved in a real browser. Where one is missing and may be installed, it is; else the skips say why.
browser: $(READY)
	@$(BIN)/python -c 'import sys; from fiel.uicheck.browser import found; sys.exit(found() is None)' || { \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "fiel: installing Chromium, in which pages are tested"; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } \
	      >/dev/null || echo "fiel: Chromium could not be installed: the tests of pages are skipped"; \
	  else echo "fiel: there is no Chromium here, and only root may install one: apt-get install chromium"; fi; }

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
