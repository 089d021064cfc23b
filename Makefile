# Everything a person needs: make run. Everything a change needs: .ci/run.
#
# Paths are relative, so the folder may stand anywhere and have spaces in its name; tools run as
# `python -m`, so nothing depends on how .venv/bin is reached.

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$$p" && break; done)
endif
IN := .venv/bin/python
PRINTER_TESTS := against_ippeveprinter.py every_stock.py through_cups.py from_the_counter.py killed.py

.DEFAULT_GOAL := help
.PHONY: help setup run test test-long test-postgres fonts test-fonts test-printers lint lock bench bench-peers pictures clean

help:  ## show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/:.*## /:/' | while IFS=: read -r name what; \
		do printf '  make %-15s %s\n' "$$name" "$$what"; done

setup:  ## make .venv from the locks; does nothing when it is already whole
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "This needs Python 3.11 or newer; here is: $$('$(or $(PYTHON),python3)' --version 2>&1)" >&2; \
		echo 'If a newer one is installed, name it: make PYTHON=/where/it/is/python3.12 setup' >&2; exit 1; }
	@'$(PYTHON)' tools/make_venv.py

run: setup  ## start the workstation (ARGS="case list" for a command)
	@$(IN) -m workstation $(ARGS)

# Three at once on two cores: the stories on a terminal mostly wait for it.
# The engine is named, so that a variable left over in a shell cannot send the tests to some server.
test: setup  ## every test that needs only Python packages
	WORKSTATION_TEST_ENGINE=sqlite WORKSTATION_TEST_DSN= $(IN) -m pytest -n 3 $(ARGS)

test-long: setup  ## what is drawn by chance or killed, as often as the issues ask for
	WORKSTATION_TEST_LONG=1 WORKSTATION_TEST_ENGINE=sqlite WORKSTATION_TEST_DSN= $(IN) -m pytest -n 3 -m long $(ARGS)

test-postgres: setup  ## the engine tests on a PostgreSQL server of their own, counted against SQLite
	$(IN) -m tests.run_postgres

fonts:  ## the face for rare names, out of Debian's package, into the user's own fonts
	@'$(PYTHON)' tools/get_fonts.py

test-fonts: setup fonts  ## every Han character of GB 18030-2022 can be printed
	$(IN) -m pytest tests/printing/fonts/every_name.py $(ARGS)

# Not in `testpaths` by their names: they need Debian's ippeveprinter and cupsd, which this gets, or fails.
test-printers: setup  ## a real IPP printer and a private print queue, and kill -9 while they print
	@'$(PYTHON)' tools/get_printers.py
	$(IN) -m pytest $(addprefix tests/printers/,$(PRINTER_TESTS)) $(ARGS)

lint: setup  ## ruff, mypy and the import contracts
	$(IN) -m ruff check .
	$(IN) -m ruff format --check .
	$(IN) -m mypy
	$(IN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-cache --no-logo

lock:  ## resolve the locks anew (ARGS=--upgrade to leave the present versions)
	@'$(PYTHON)' tools/make_locks.py $(ARGS)

bench: setup  ## write the tables of figures in README.md (ARGS=mail for one of them)
	$(IN) -m tests.bench $(ARGS)

# Apart from `bench`: it needs Debian's packages, and their table keeps its own commit and day.
bench-peers: setup  ## the same envelopes by glabels and LibreOffice (installs both), beside ours, into README.md
	@'$(PYTHON)' tools/get_peers.py
	$(IN) -m tests.bench.peers

pictures: setup  ## draw the pictures and diagrams of the documents anew
	$(IN) -m tools.pictures
	$(IN) -m tools.papers
	$(IN) -m tools.manual
	$(IN) -m tools.readme

clean:  ## remove what make and the tools have made
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist build
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
