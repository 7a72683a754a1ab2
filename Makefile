# The verbs of the house. `make` alone lists them.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
SIZE ?= small
RUN := .venv/bin/
JOBS ?= auto
export PYTHONDONTWRITEBYTECODE :=  # many processes import the same code: compile it once, whatever the machine says

help:  ## list the verbs
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

install:  ## make .venv with the command `peelian` in it
	@$(PYTHON) requirements/install.py core

install-wash:  ## the same, with what training the wash's model needs
	@$(PYTHON) requirements/install.py wash

install-spark:  ## the same, with what washing on Spark needs beside Java
	@$(PYTHON) requirements/install.py spark

install-dev:  ## the same, with what tests and checks need
	@$(PYTHON) requirements/install.py dev

run: install  ## serve on 127.0.0.1 (PORT=8000), with the demonstration force if the database is empty
	@exec $(RUN)peelian serve --port $(PORT) --demo $(SIZE)

test: check  ## everything: checks, tests on SQLite, tests on PostgreSQL, the browser
	@$(RUN)python -m tests.machine
	$(RUN)pytest -n $(JOBS) --dist worksteal
	$(RUN)python -m tests.postgres $(RUN)pytest -n $(JOBS) --dist worksteal -m "database and not browser"

check: install-dev  ## lint, format, types, import contracts
	$(RUN)ruff check
	$(RUN)ruff format --check
	$(RUN)mypy peelian
	$(RUN)lint-imports

fix: install-dev  ## let the linter and formatter repair what they can
	$(RUN)ruff check --fix
	$(RUN)ruff format

docs: install-dev  ## print docs/reference from the code
	$(RUN)python -m tests.house.printed

bench: install-dev  ## run every benchmark and write the figures to docs/reference/performance.md
	$(RUN)python -m benchmarks.run

lock:  ## resolve requirements/*.in again into hash-pinned files that name no address
	@$(PYTHON) requirements/install.py lock

.PHONY: help install install-wash install-spark install-dev run test check fix docs bench lock
