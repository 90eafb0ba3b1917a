#!/bin/sh
# Opens the program; where there is no screen, does the main job on the samples instead.
set -eu
program=.venv/bin/sosangkien

case $(uname -s) in
    Darwin | MINGW* | MSYS* | CYGWIN*) screen=yes ;;
    *) screen=${DISPLAY:-${WAYLAND_DISPLAY:-}} ;;
esac
if [ -n "$screen" ]; then
    exec "$program"
fi

# Two runs within one second must not share a folder: the demonstration refuses one that is not empty.
started=out/demo-$(date +%Y%m%d-%H%M%S)
folder=$started
number=2
while [ -e "$folder" ]; do
    folder=$started-$number
    number=$((number + 1))
done
mkdir -p out
echo "No screen here: the main job on the samples and 480 generated records, into $folder ..."
"$program" demo "$folder" --records 480
echo "The results of make run: $(pwd)/$folder/out"
