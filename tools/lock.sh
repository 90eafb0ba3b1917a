#!/bin/sh
# Renews requirements/*.txt: pinned versions with hashes, no index address. Only for maintainers.
# After it: make windows-wheels, and NOTICE names what has come along (a test says what is missing).
set -eu
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
.venv/bin/python -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check pip-tools
cd requirements
# In this order: each later one is held to the versions of those before it.
for name in run sign test build dist bench; do
    "$tools/bin/pip-compile" --quiet --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
        --generate-hashes --strip-extras --allow-unsafe --no-header "$name.in" -o "$name.txt"
done
