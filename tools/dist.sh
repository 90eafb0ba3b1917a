#!/bin/sh
# Freezes the program into dist/sosangkien and lets the frozen program test itself.
# Usage: dist.sh PYTHON
set -eu
venv=build/dist-venv
mkdir -p build
sh tools/prepare.sh "$1" "$venv" dist
"$venv/bin/pyinstaller" --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build.spec
# What a Linux desktop wants to know, laid out as under /usr/share.
share=dist/sosangkien/share
install -D -m 644 resources/desktop/so-sang-kien.desktop "$share/applications/so-sang-kien.desktop"
install -D -m 644 resources/desktop/so-sang-kien.metainfo.xml "$share/metainfo/so-sang-kien.metainfo.xml"
install -D -m 644 resources/icons/application.svg "$share/icons/hicolor/scalable/apps/so-sang-kien.svg"
du -sh dist/sosangkien
# Away from the checkout and its libraries: what is frozen must be complete in itself.
program=$(pwd)/dist/sosangkien/sosangkien
empty=$(mktemp -d)
trap 'rm -rf "$empty"' EXIT
cd "$empty"
env -i HOME="$empty" PATH=/usr/bin:/bin QT_QPA_PLATFORM=offscreen "$program" self-test
