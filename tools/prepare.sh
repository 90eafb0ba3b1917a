#!/bin/sh
# Makes an environment complete: system packages (as root), the locked libraries, the program.
# Usage: prepare.sh PYTHON VENV run|test|bench|dist
#   run   what the program needs
#   test  that, and what the checks need
#   bench that, and the peers of the benchmarks
#   dist  that of `run`, and what freezing needs
set -eu
python=$1
venv=$2
purpose=$3

# Qt, whether it draws on a screen or not.
needed="libegl1 libgl1 libxkbcommon0 libfontconfig1 libfreetype6 libglib2.0-0 libdbus-1-3 ca-certificates"
# Qt on a screen (X11 and Wayland); printing; QtNetwork.
needed="$needed libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1
libxcb-randr0 libxcb-render-util0 libxcb-shape0 libxcb-xkb1 libx11-xcb1 libwayland-cursor0 libcups2 libgssapi-krb5-2"
case $purpose in
    # The oracles of the papers (pages, codes, PDF/A), of the workbooks and of the editable copies.
    test | bench) needed="$needed poppler-utils libzbar0 libreoffice-calc-nogui libreoffice-writer-nogui
default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java" ;;
    # PyInstaller looks into binaries and takes Python's library along.
    dist) needed="$needed binutils" ;;
esac

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
    for package in $needed; do
        # Later Debians renamed some libraries with the suffix t64.
        dpkg-query -W -f='${Status}\n' "$package" "${package}t64" 2>/dev/null |
            grep -q '^install ok installed' || missing="$missing $package"
    done
    command -v "$python" >/dev/null 2>&1 || missing="$missing python3"
    "$python" -c 'import ensurepip, venv' >/dev/null 2>&1 || missing="$missing python3-venv"
    if [ "$purpose" = dist ]; then
        # A name like libpython3.11; nothing where the library is already there.
        missing="$missing $("$python" - <<'PYTHON' || true
import pathlib
import sysconfig

folder = pathlib.Path(sysconfig.get_config_var("LIBDIR") or "/")
version = sysconfig.get_config_var("VERSION")
if not list(folder.glob(f"libpython{version}*.so*")):
    print(f"libpython{version}")
PYTHON
)"
    fi
fi
missing=$(echo $missing)

if [ -n "$missing" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing system packages: $missing"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    # shellcheck disable=SC2086
    if ! { apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing; } >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "The system packages could not be installed (the whole log: $log)." >&2
        exit 1
    fi
    rm -f "$log"
elif [ -n "$missing" ]; then
    echo "System packages are missing. Please run this line, then make again:" >&2
    echo "  sudo apt-get install -y --no-install-recommends $missing" >&2
    exit 1
fi

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "Python 3.11 or later is needed; name it so: make PYTHON=python3.11" >&2
    exit 1
fi
# An environment whose making was broken off, or whose Python has gone, is made anew.
if ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear "$venv"
fi

echo "Installing the libraries into $venv ..."
install="$venv/bin/python -m pip install --quiet --disable-pip-version-check"
case $purpose in
    run) $install --require-hashes -r requirements/run.txt -r requirements/build.txt ;;
    test) $install --require-hashes -r requirements/test.txt ;;
    bench) $install --require-hashes -r requirements/bench.txt ;;
    dist) $install --require-hashes -r requirements/dist.txt ;;
esac
if [ "$purpose" = run ] || [ "$purpose" = bench ]; then
    $install --no-deps --no-build-isolation --no-index -e .
    # A first start without compiled files takes several times as long.
    "$venv/bin/python" -m compileall -qq desktop || true
fi
