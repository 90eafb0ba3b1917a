"""Papers: print one to a PDF file, or name them all."""

import argparse
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines
from desktop.printing.papers import PAPERS
from desktop.tasks import papers
from desktop.text import _, counted


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of print."""
    del verb
    parser.add_argument("paper", nargs="?", choices=[paper.key for paper in PAPERS])
    parser.add_argument("--list", action="store_true", help=_("name the papers"))
    parser.add_argument("--store", metavar="FOLDER")
    parser.add_argument("--out", metavar="FILE.pdf", type=Path)
    parser.add_argument("--ids", metavar="CODE,...", default="")
    parser.set_defaults(usage_error=parser.error)


def run(arguments: argparse.Namespace, app: App) -> int:
    """Print, or list."""
    if arguments.list:
        for paper in PAPERS:
            print(f"{paper.key}\t{paper.name}")
        return 0
    if not (arguments.paper and arguments.store and arguments.out):
        arguments.usage_error(_("PAPER, --store and --out are needed"))
    lines = Lines()
    codes = [code.strip() for code in arguments.ids.split(",") if code.strip()]
    with app.open_store(write=False) as store:
        ids = papers.ids_of(store, codes)
        pages = papers.print_papers(
            store, arguments.paper, ids, arguments.out.resolve(), app.resources, lines
        )
    lines.end()
    print(
        counted(
            "{count} page written to {file}.", "{count} pages written to {file}.", pages
        ).format(count=pages, file=arguments.out)
    )
    return 0
