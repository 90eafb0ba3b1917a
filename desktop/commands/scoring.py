"""Score sheets: what a code names, and the points of a list recorded as a session's results."""

import argparse
import sys
from pathlib import Path

from desktop.app import App
from desktop.commands.output import print_json
from desktop.errors import UserError, unreadable
from desktop.tasks import scoring
from desktop.text import _


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of score."""
    del verb
    parser.add_argument("code", nargs="?", metavar="CODE", help=_("the code of one sheet"))
    parser.add_argument("--store", metavar="FOLDER")
    parser.add_argument(
        "--marks",
        metavar="FILE",
        help=_("a list with a code and points on each line; - reads what is typed or scanned"),
    )
    parser.add_argument("--dry-run", action="store_true", help=_("show it, record nothing"))
    parser.add_argument("--json", action="store_true")
    parser.set_defaults(usage_error=parser.error)


def run(arguments: argparse.Namespace, app: App) -> int:
    """Say what a sheet is, or record what sheets came to."""
    if not arguments.store or bool(arguments.code) == bool(arguments.marks):
        arguments.usage_error(_("CODE or --marks, and --store, are needed"))
    return _named(arguments, app) if arguments.code else _recorded(arguments, app)


def _named(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store(write=False) as store:
        found = scoring.sheet(store, arguments.code)
    if arguments.json:
        print_json(found._asdict())
        return 0
    print(f"{found.code}\t{found.title}")
    print(f"{found.council}\t{found.held}\t{found.member or _('secret ballot')}")
    return 0


def _recorded(arguments: argparse.Namespace, app: App) -> int:
    lines = _lines(arguments.marks)
    with app.open_store(write=not arguments.dry_run) as store:
        form = scoring.form_of(store, app.resources)
        marks = scoring.read_marks(lines, form)
        found = scoring.tallies(store, marks, form)
        if not arguments.dry_run:
            store.journal.do(scoring.recording(marks, found))
    if arguments.json:
        print_json([_plain(one) for one in found])
        return 0
    for one in found:
        said = _("passed") if one.result.outcome == "passed" else _("not passed")
        votes = f"{one.result.votes_for}/{one.sheets}"
        print(f"{one.code}\t{one.result.score}\t{votes}\t{said}\t{one.title}")
        if one.missing:
            print(_("  no sheet yet of: {names}").format(names=", ".join(one.missing)))
    print(_("Nothing was recorded.") if arguments.dry_run else _("Recorded; undo takes it back."))
    return 0


def _lines(given: str) -> list[str]:
    """The lines of the list; UserError where it cannot be read."""
    if given == "-":
        return list(sys.stdin)
    try:
        return Path(given).read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise unreadable(given, error) from error
    except UnicodeDecodeError as error:
        raise UserError(
            _("The list {file} is no text. Save it as text (UTF-8).").format(file=given),
            code="score.text",
        ) from error


def _plain(one: scoring.Tally) -> dict[str, object]:
    """A tally for scripts."""
    result = one.result
    return {
        "code": one.code,
        "title": one.title,
        "score": str(result.score),
        "for": result.votes_for,
        "against": result.votes_against,
        "outcome": result.outcome,
        "missing": list(one.missing),
    }
