#!/bin/sh
# Every check, one after the other; goes on after a failure, so that one run shows all of them.
# What is given is handed to pytest: sh tools/test.sh tests/printing -k golden
set -u
bin=.venv/bin
log=$(mktemp -d)
trap 'rm -rf "$log"' EXIT
failed=""

check() {
    name=$1
    shift
    echo "== $name"
    "$@" || failed="$failed, $name"
}

check "ruff check" "$bin/ruff" check .
check "ruff format" "$bin/ruff" format --check .
check "mypy" "$bin/mypy"

export QT_QPA_PLATFORM=offscreen
# Each run counts what it covered in a folder of its own, so that two at once do not mix.
export COVERAGE_FILE="$log/coverage"
echo "== pytest"
# A pipe has the exit status of its end: pytest's own goes through a file.
{
    "$bin/coverage" run -m pytest -n "${TEST_PROCESSES:-2}" --dist loadfile "$@"
    echo $? >"$log/status"
} 2>&1 | tee "$log/pytest"
[ "$(cat "$log/status")" = 0 ] || failed="$failed, pytest"

"$bin/coverage" combine -q "$log"
if [ $# = 0 ]; then
    # A part of the tests covers a part of the program; the floor is for all of them.
    check "coverage" "$bin/coverage" report
fi

echo
if [ -n "$failed" ]; then
    echo "Failed: ${failed#, }"
else
    echo "Every check passed."
fi
# Last, what pytest itself counted.
tail -n 1 "$log/pytest"
[ -z "$failed" ]
