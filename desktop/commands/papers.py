"""Papers: print one to a PDF file, or name them all."""

import argparse
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines
from desktop.errors import UserError
from desktop.printing.papers import FARTHEST, PAPERS
from desktop.tasks import papers
from desktop.text import _, counted


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of print."""
    del verb
    parser.add_argument("paper", nargs="?", choices=[paper.key for paper in PAPERS])
    parser.add_argument("--list", action="store_true", help=_("name the papers"))
    parser.add_argument("--store", metavar="FOLDER")
    parser.add_argument("--out", metavar="FILE.pdf", type=Path)
    parser.add_argument(
        "--each",
        action="store_true",
        help=_("a file for each initiative, named by its code; --out names their folder"),
    )
    parser.add_argument("--ids", metavar="CODE,...", default="")
    parser.add_argument(
        "--text", action="store_true", help=_("publicity as plain text, on the screen")
    )
    parser.add_argument("--blank", action="store_true", help=_("an empty form to fill in"))
    parser.add_argument(
        "--offset",
        metavar="X,Y",
        default="0,0",
        help=_("millimetres to the right and down, on pre-printed stock"),
    )
    parser.set_defaults(usage_error=parser.error)


def _offset(text: str) -> tuple[float, float]:
    """Two numbers of millimetres, such as 1.5,-2; UserError for anything else."""
    try:
        right, down = (float(part) for part in text.split(","))
    except ValueError:
        right = down = FARTHEST + 1
    if not (abs(right) <= FARTHEST and abs(down) <= FARTHEST):
        raise UserError(
            _(
                "Give the offset as two numbers of millimetres from -{most} to {most}, such as "
                "1.5,-2."
            ).format(most=FARTHEST),
            code="print.offset",
        )
    return right, down


def run(arguments: argparse.Namespace, app: App) -> int:
    """Print, or list."""
    if arguments.list:
        for paper in PAPERS:
            print(f"{paper.key}\t{paper.name}")
        return 0
    if arguments.text:
        return _as_text(arguments, app)
    if not (arguments.paper and arguments.store and arguments.out):
        arguments.usage_error(_("PAPER, --store and --out are needed"))
    if arguments.each and arguments.blank:
        arguments.usage_error(_("--each is for initiatives that are there, not for --blank"))
    lines = Lines()
    with app.open_store(write=False) as store:
        ids = [papers.BLANK] if arguments.blank else papers.ids_of(store, _codes(arguments))
        whereto = (store, arguments.paper, ids, arguments.out.resolve(), app.resources, lines)
        if arguments.each:
            pages = papers.print_each_paper(*whereto)
        else:
            pages = papers.print_papers(*whereto, offset=_offset(arguments.offset))
    lines.end()
    print(
        counted(
            "{count} page written to {file}.", "{count} pages written to {file}.", pages
        ).format(count=pages, file=arguments.out)
    )
    return 0


def _codes(arguments: argparse.Namespace) -> list[str]:
    """The codes that were named; none stands for all."""
    return [code.strip() for code in arguments.ids.split(",") if code.strip()]


def _as_text(arguments: argparse.Namespace, app: App) -> int:
    """Publicity to paste: to a file where one is named, else on the screen."""
    if arguments.paper != "publicity" or not arguments.store or arguments.out:
        arguments.usage_error(_("--text is for publicity, with --store and without --out"))
    with app.open_store(write=False) as store:
        ids = papers.ids_of(store, _codes(arguments))
        print(papers.publicity_text(store, ids, app.resources), end="")
    return 0
