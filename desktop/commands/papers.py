"""Papers: print one to a PDF file, or name them all."""

import argparse
import sys
import tempfile
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines
from desktop.errors import UserError
from desktop.models.store import Store
from desktop.printing.papers import FARTHEST, PAPERS
from desktop.tasks import papers
from desktop.tasks.completeness import lacks
from desktop.tasks.shown_files import ShownFiles
from desktop.tasks.wording import spoilt_words, standing
from desktop.text import _, counted


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of print."""
    del verb
    parser.add_argument("paper", nargs="?", choices=[paper.key for paper in PAPERS])
    parser.add_argument("--list", action="store_true", help=_("name the papers"))
    parser.add_argument("--store", metavar="FOLDER")
    parser.add_argument("--out", metavar="FILE.pdf|.docx", type=Path)
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
        "--missing", action="store_true", help=_("only list what the dossiers still lack")
    )
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
    named = arguments.paper and arguments.store
    if not (named and (arguments.out or arguments.missing)):
        arguments.usage_error(_("PAPER, --store and --out are needed"))
    if arguments.each and arguments.blank:
        arguments.usage_error(_("--each is for initiatives that are there, not for --blank"))
    with app.open_store(write=False) as store:
        ids = [papers.BLANK] if arguments.blank else papers.ids_of(store, _codes(arguments))
        _tell_lacks(store, arguments, ids)
        if not arguments.missing:
            _print(store, arguments, ids, app)
    return 0


def _print(store: Store, arguments: argparse.Namespace, ids: list[int], app: App) -> None:
    """Print to the file; what could not be printed of the dossiers' files goes to stderr."""
    lines = Lines()
    with tempfile.TemporaryDirectory(prefix="so-sang-kien-") as pictures:
        files = ShownFiles(store.folder, Path(pictures))
        whereto = (store, arguments.paper, ids, arguments.out.resolve(), app.resources, lines)
        offset = _offset(arguments.offset)
        if arguments.each:
            apart = papers.print_each_paper(*whereto, files=files, offset=offset)
            said = papers.files_written(apart.files, arguments.out)
        else:
            pages = papers.print_papers(*whereto, offset=offset, files=files)
            said = _pages_written(pages, arguments.out)
    lines.end()
    for one in files.troubles:
        print(f"{one.code or one.title}: {one.words}", file=sys.stderr)
    if files.unprintable:
        print(papers.unprintable_words(files.unprintable), file=sys.stderr)
    spoilt = spoilt_words(standing(store, app.resources))
    if spoilt:
        print(spoilt, file=sys.stderr)
    print(said)


def _pages_written(count: int, out: Path) -> str:
    """How much stands in one file, in words."""
    written = (
        counted(
            "{count} paper written to {file}, to be changed in a word processor.",
            "{count} papers written to {file}, to be changed in a word processor.",
            count,
        )
        if papers.is_editable(out)
        else counted("{count} page written to {file}.", "{count} pages written to {file}.", count)
    )
    return written.format(count=count, file=out)


def _tell_lacks(store: Store, arguments: argparse.Namespace, ids: list[int]) -> None:
    """What the paper lacks, a line an initiative: before printing to stderr, else on its own."""
    to = sys.stdout if arguments.missing else sys.stderr
    with store.reading() as connection:
        found = tuple(lacks(connection, arguments.paper, ids, store.folder))
    for one in found:
        said = _("{code} lacks: {parts}")
        print(said.format(code=one.code or one.title, parts=", ".join(one.parts)), file=to)
    if arguments.missing and not found:
        print(_("Nothing is missing."))


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
