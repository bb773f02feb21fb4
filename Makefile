# `make help` lists the commands. A fresh machine needs git, make and Python 3.11 or newer.

PYTHON ?= python3
VENV := .venv
IN_VENV := $(VENV)/bin
PIP := $(IN_VENV)/python -m pip --disable-pip-version-check

CATALOGUES := $(shell find trace/web/translations -name '*.po' 2>/dev/null)
COMPILED := $(CATALOGUES:.po=.mo)

.PHONY: help install run test lint bench soak lock
.DELETE_ON_ERROR:
.SUFFIXES:

help: ## list these commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-14s %s\n", $$1, $$2 }'

install: $(VENV)/installed $(COMPILED) ## make .venv with everything the program needs
	@:

run: install ## start with the example co-op on http://127.0.0.1:8000 (LAN=1: let phones in)
	LAN=$(LAN) $(IN_VENV)/python run.py example --serve

test: lint $(COMPILED) ## check everything: lint, then every test but the long runs
	@sh tests/environment/install.sh
	$(IN_VENV)/pytest

lint: $(VENV)/tests-installed ## check style, types and formatting without running anything
	$(IN_VENV)/ruff check run.py trace labels tests
	$(IN_VENV)/ruff format --check run.py trace labels tests
	$(IN_VENV)/mypy

bench: $(VENV)/tests-installed $(COMPILED) ## measure the program against named rivals
	@for script in tests/bench/bench_*.py; do \
	    [ -e "$$script" ] || continue; \
	    echo "$$script"; PYTHONPATH=. $(IN_VENV)/python "$$script" || exit 1; \
	done

soak: $(VENV)/tests-installed $(COMPILED) ## the long runs that make test leaves out
	$(IN_VENV)/pytest -m soak

# The newest releases that setup.cfg allows, pinned with the hashes of all their files. Not needed to run.
LOCK := $(IN_VENV)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-config
lock: $(VENV)/tests-installed
	$(PIP) install --quiet pip-tools
	$(LOCK) --output-file $(VENV)/lock.txt setup.cfg
	$(LOCK) --extra test --constraint $(VENV)/lock.txt --output-file $(VENV)/lock-tests.txt setup.cfg
	rm -rf qijimu.egg-info
	{ echo '# What the program runs on, from setup.cfg. Made by `make lock`.'; \
	    grep -v '^#\|^$$' $(VENV)/lock.txt; } > requirements.txt
	{ echo '# What the program and its tests run on, from setup.cfg. Made by `make lock`.'; \
	    grep -v '^#\|^$$' $(VENV)/lock-tests.txt; } > tests/requirements.txt

# --- what the commands stand on -------------------------------------------------------------------

# pip comes last into a new environment: where it is missing, an earlier try was broken off.
$(IN_VENV)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	    echo "Qijimu needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	    echo "This Python cannot make a virtual environment. On Debian or Ubuntu: apt-get install python3-venv"; \
	    exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.txt setup.cfg | $(IN_VENV)/pip
	@echo "Installing what Qijimu needs into $(VENV)"
	@$(PIP) install --quiet --require-hashes --requirement requirements.txt
	@touch $@

$(VENV)/tests-installed: tests/requirements.txt $(VENV)/installed
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) install --quiet --require-hashes --requirement tests/requirements.txt
	@touch $@

# trace/web/translations/LOCALE/LC_MESSAGES/DOMAIN.po
%.mo: %.po | $(VENV)/installed
	@$(IN_VENV)/pybabel --quiet compile --locale $(notdir $(patsubst %/LC_MESSAGES/,%,$(dir $<))) \
	    --input-file $< --output-file $@
