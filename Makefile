# Sổ Sáng Kiến: `make run` opens the program, `make test` runs every check. Nothing else need be
# prepared: the environment .venv and, as root on Debian, the system packages are seen to.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTED := $(VENV)/.ready-test
# The peers of the benchmarks bring numpy, which would change what the program loads elsewhere.
PEERS := .venv-bench
# Set to anything, it would keep Python from writing its compiled files: every start would be slow.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint bench dist windows-wheels lock messages golden torture clean

run: $(VENV)/.ready
	@sh tools/run.sh

test: $(TESTED)
	@sh tools/test.sh

lint: $(TESTED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(PEERS)/.ready
	$(PEERS)/bin/python -m benchmarks $(if $(RECORDS),--records $(RECORDS))

$(VENV)/.ready: requirements/run.txt requirements/build.txt pyproject.toml tools/prepare.sh
	@sh tools/prepare.sh "$(PYTHON)" "$(VENV)" run
	@touch $@

$(TESTED): $(VENV)/.ready requirements/test.txt
	@sh tools/prepare.sh "$(PYTHON)" "$(VENV)" test
	@touch $@

$(PEERS)/.ready: requirements/bench.txt pyproject.toml tools/prepare.sh
	@sh tools/prepare.sh "$(PYTHON)" "$(PEERS)" bench
	@touch $@

# A frozen program in dist/sosangkien, tried out.
dist:
	@sh tools/dist.sh "$(PYTHON)"

# Asks the package index whether every locked library has a wheel for Windows.
windows-wheels: $(TESTED)
	$(BIN)/python tools/windows_wheels.py

# Maintainers: renew the locked versions; the catalogue of the screen's words; the papers' golden files.
lock: $(TESTED)
	@sh tools/lock.sh

messages: $(TESTED)
	$(BIN)/python tools/messages.py

golden: $(TESTED)
	$(BIN)/pytest tests/printing --renew-golden -q

# The longer runs that `make test` leaves out.
torture: $(TESTED)
	QT_QPA_PLATFORM=offscreen $(BIN)/pytest -m slow -q -n 2 --dist worksteal --durations=0 --durations-min=5

clean:
	rm -rf $(VENV) $(PEERS) build dist out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
