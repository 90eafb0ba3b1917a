"""Issuing: give a paper its number, list what was issued, print it again, void it."""

import argparse
from datetime import date
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines, print_json
from desktop.errors import UserError
from desktop.models import issuing as kept
from desktop.models.actions.issuing import VoidPaper
from desktop.models.issuing import IssuedLine
from desktop.models.store import Store
from desktop.printing.papers import PAPERS, kind
from desktop.tasks import issuing, papers, recording
from desktop.text import _, counted
from desktop.vietnamese.dates import parse_date, short_date
from desktop.vietnamese.unreadable import Unreadable

_CONFIRMED = {"issue.order": "--out-of-order", "issue.blanks": "--with-blanks"}
"""What lets a paper be issued nevertheless, by the code of the refusal."""


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of issue, issued, reprint and void."""
    parser.set_defaults(usage_error=parser.error)
    parser.add_argument("--store", metavar="FOLDER", required=True)
    if verb == "issue":
        parser.add_argument("paper", choices=[one.key for one in PAPERS if one.type])
        parser.add_argument("--ids", metavar="CODE,...")
        parser.add_argument(
            "--all", action="store_true", help=_("for every initiative of the store")
        )
        parser.add_argument("--date", metavar="D", default="", help=_("the date of the paper"))
        parser.add_argument("--out", metavar="FILE.pdf", type=Path, required=True)
        parser.add_argument(
            "--out-of-order", action="store_true", help=_("a date before the last number's")
        )
        parser.add_argument(
            "--record-decision",
            action="store_true",
            help=_("record the decision of recognition with the initiatives it lists"),
        )
        parser.add_argument(
            "--recogniser",
            choices=["council", "head"],
            default="",
            help=_("who recognised them, as recorded"),
        )
        parser.add_argument(
            "--with-blanks", action="store_true", help=_("blanks are written in by hand")
        )
        parser.add_argument(
            "--dry-run", action="store_true", help=_("say the number and change nothing")
        )
    elif verb == "issued":
        parser.add_argument("--code", metavar="XXXX-…", default="", help=_("the code of a print"))
        parser.add_argument("--words", default="", help=_("only those with these words"))
        parser.add_argument(
            "--compare", action="store_true", help=_("say where today's data differ")
        )
        parser.add_argument("--json", action="store_true")
    else:
        parser.add_argument("number", metavar="NUMBER", nargs="?")
        parser.add_argument(
            "--id", metavar="N", type=int, help=_("its id instead, as issued lists it")
        )
    if verb != "issue":
        parser.add_argument("--year", metavar="Y", type=int)
    if verb == "reprint":
        parser.add_argument("--out", metavar="FILE.pdf", type=Path, required=True)
    if verb == "void":
        parser.add_argument("--reason", required=True)


def run(arguments: argparse.Namespace, app: App) -> int:
    """Do the verb."""
    if arguments.verb in {"reprint", "void"} and bool(arguments.number) == (
        arguments.id is not None
    ):
        arguments.usage_error(_("name the paper by its number, or by --id"))
    verbs = {"issue": _issue, "issued": _issued, "reprint": _reprint, "void": _void}
    return verbs[arguments.verb](arguments, app)


def _issue(arguments: argparse.Namespace, app: App) -> int:
    if arguments.record_decision and arguments.paper != recording.RECORDED:
        arguments.usage_error(_("--record-decision is for recognition-decision"))
    codes = _codes(arguments)
    with app.open_store(write=not arguments.dry_run) as store:
        ids = tuple(papers.ids_of(store, codes)) if kind(arguments.paper).of_initiatives else ()
        wanted = issuing.Wanted(arguments.paper, ids, _day(arguments.date))
        if arguments.dry_run:
            planned = issuing.plan(store, wanted, app.resources)
            print(_("It would be issued as {numbers}.").format(numbers=planned.said))
            said = (planned.spoilt, planned.misfit, planned.passed, planned.disorder)
            _print_each(*said, planned.unfinished, planned.blanks_words)
            return 0
        found = recording.recordable(store, wanted, app.resources)
        done = _given(store, wanted, arguments, app)
        recorded = recording.Recorded(None, "")
        if arguments.record_decision:
            recorded = recording.record(store, done.planned, found, arguments.recogniser)
    given = done.planned
    _print_each(given.spoilt, given.misfit, given.passed, done.outcome.unsaved_copy, recorded.said)
    _print_issued(done, arguments.out)
    return 0


def _codes(arguments: argparse.Namespace) -> list[str]:
    """The codes that were named, none for all; who names none must say that all are meant."""
    codes = [code.strip() for code in (arguments.ids or "").split(",") if code.strip()]
    if kind(arguments.paper).of_initiatives and bool(codes) == arguments.all:
        arguments.usage_error(
            _("give the codes of the initiatives by --ids, or --all for every one in the store")
        )
    return codes


def _given(
    store: Store, wanted: issuing.Wanted, arguments: argparse.Namespace, app: App
) -> issuing.Issued:
    """Issue the papers; what is refused until it is confirmed says how to confirm it."""
    lines = Lines()
    try:
        done = issuing.issue(
            *(store, wanted, app.resources),
            out=arguments.out.resolve(),
            out_of_order=arguments.out_of_order,
            with_blanks=arguments.with_blanks,
            progress=lines,
        )
    except UserError as error:
        if error.code not in _CONFIRMED:
            raise
        raise UserError(f"{error} ({_CONFIRMED[error.code]})", code=error.code) from error
    lines.end()
    return done


def _print_each(*words: str) -> None:
    for said in words:
        if said:
            print(said)


def _print_issued(done: issuing.Issued, out: Path) -> None:
    """What was issued, where it was written or why it was not, and what is left to be done."""
    planned = done.planned
    count, numbers, day = len(planned.numbers), planned.said, short_date(planned.day)
    if done.unwritten:
        said = counted(
            "{count} paper issued as {numbers} of {day}.",
            "{count} papers issued as {numbers} of {day}.",
            count,
        )
    else:
        said = counted(
            "{count} paper issued as {numbers} of {day}, written to {file}.",
            "{count} papers issued as {numbers} of {day}, written to {file}.",
            count,
        )
    words = said.format(count=count, numbers=numbers, day=day, file=out)
    _print_each(words, done.unwritten, planned.blanks_words)


def _day(typed: str) -> date | None:
    """The day that was given, None where none was; UserError for what is no day."""
    if not typed:
        return None
    try:
        found = parse_date(typed)
    except Unreadable:
        found = None
    if found is None or found.day is None:
        raise UserError(
            _("“{text}” is no day. Write it as 04/08/2023.").format(text=typed), code="issue.date"
        )
    return found.first


def _issued(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store(write=False) as store:
        with store.reading() as connection:
            if arguments.code:
                one = kept.by_code(connection, arguments.code)
                found = [one] if one is not None else []
            else:
                found = kept.issued(connection, year=arguments.year, words=arguments.words)
        rows = [_row(store, line, app, compare=arguments.compare) for line in found]
    if arguments.json:
        print_json(rows)
    elif arguments.code and not found:
        print(
            _("There is no such print: no paper was issued with the code {code}.").format(
                code=arguments.code
            )
        )
    else:
        for line, row in zip(found, rows, strict=True):
            _print_line(line, row)
    return 0 if found or not arguments.code else 1


def _row(store: Store, line: IssuedLine, app: App, *, compare: bool) -> dict[str, object]:
    """An issued paper as JSON says it."""
    row: dict[str, object] = {
        "id": line.id,
        "number": line.number,
        "date": line.dated.isoformat(),
        "paper": line.kind,
        "subject": line.subject,
        "signer": line.signer,
        "recipients": line.recipients.splitlines(),
        "initiatives": list(line.initiatives),
        "pages": line.pages,
        "code": line.code,
        "sha256": line.content_hash,
        "issued_at": line.issued_at.isoformat(timespec="seconds"),
        "issued_by": line.issued_by,
    }
    if line.voided is not None:
        moment = line.voided.isoformat(timespec="seconds")
        row["voided"] = {"at": moment, "by": line.voided_by, "reason": line.void_reason}
    if compare:
        found = issuing.differences(store, line, app.resources)
        row["differs"] = [{"issued": one.issued, "today": one.today} for one in found]
        row["compared"] = issuing.difference_words(found)
    return row


def _print_line(line: IssuedLine, row: dict[str, object]) -> None:
    void = ""
    if line.voided is not None:
        said = _("VOID since {day}: {reason}")
        void = said.format(day=short_date(line.voided.date()), reason=line.void_reason)
    parts = (
        issuing.id_words(line),
        line.number,
        short_date(line.dated),
        line.subject,
        line.code,
        void,
    )
    print("\t".join(parts))
    if "compared" in row:
        print(f"\t{row['compared']}")
        differs = row["differs"]
        for one in differs if isinstance(differs, list) else ():
            print(f"\t  - {one['issued']}\n\t  + {one['today']}")


def _named(store: Store, arguments: argparse.Namespace) -> IssuedLine:
    """The paper that is named by its number or its id."""
    if arguments.id is not None:
        return issuing.of_id(store, arguments.id)
    return issuing.find(store, arguments.number, arguments.year)


def _reprint(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store(write=False) as store:
        line = _named(store, arguments)
        done = issuing.reprint_to(store, line, arguments.out.resolve(), app.resources)
    if done.said:
        print(done.said)
    print(
        counted(
            "{count} page written to {file}.", "{count} pages written to {file}.", done.pages
        ).format(count=done.pages, file=arguments.out)
    )
    return 0


def _void(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store() as store:
        line = _named(store, arguments)
        store.journal.do(VoidPaper(line.id, arguments.reason))
        left = recording.still_resting(store, line)
    said = _("{number} is void. Its number stays used.").format(number=line.number)
    print(f"{said} {left}".strip())
    return 0
