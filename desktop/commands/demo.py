"""The demonstration: a store with samples, and the main job done on it."""

import argparse
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines, whole_number
from desktop.commands.window import picture_places
from desktop.tasks import demonstration
from desktop.text import _


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of demo."""
    del verb
    parser.add_argument("folder", type=Path, help=_("a new or an empty folder"))
    parser.add_argument("--records", metavar="N", type=whole_number, default=0)
    parser.add_argument("--seed", metavar="S", type=int, default=1)


def needs_of(app: App) -> demonstration.Needs:
    """What a demonstration is made with in this program."""
    return demonstration.Needs(app.resources, app.programmes, app.user, app.clock)


def run(arguments: argparse.Namespace, app: App) -> int:
    """Make the store, do the job, picture the places, say what was done."""
    folder = arguments.folder.resolve()
    lines = Lines()
    app.store_folder = folder
    made = demonstration.make(needs_of(app), folder, arguments.records, arguments.seed, lines)
    pictures = picture_places(app, folder / demonstration.OUT / "screens", progress=lines)
    report = demonstration.write_report(folder, made, [path.name for path in pictures])
    lines.end()
    print(report.read_text(encoding="utf-8"))
    print(_("Everything lies in {folder}.").format(folder=folder / demonstration.OUT))
    return 0
