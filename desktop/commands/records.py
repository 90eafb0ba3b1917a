"""Records: check, find, history, undo."""

import argparse

from desktop.app import App
from desktop.commands.output import print_json, whole_number
from desktop.models import register
from desktop.models.values import eligibility_name
from desktop.programme.verdict import Finding
from desktop.tasks.checking import Checked, check_all
from desktop.text import _, counted


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of check, find, history and undo."""
    if verb == "find":
        parser.add_argument("words", nargs="+")
        parser.add_argument("--limit", type=whole_number, default=50)
    parser.add_argument("--store", metavar="FOLDER", required=True)
    if verb != "undo":
        parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace, app: App) -> int:
    """Do the verb."""
    verbs = {"check": _check, "find": _find, "history": _history, "undo": _undo}
    return verbs[arguments.verb](arguments, app)


def _check(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store(write=False) as store:
        found = list(check_all(store))
    if arguments.json:
        print_json([_checked(line) for line in found])
        return 0
    for line in found:
        print(f"{line.code}\t{eligibility_name(line.verdict.eligibility)}\t{line.title}")
        for finding in line.verdict.findings:
            if finding.result != "pass":
                print(f"\t{finding.rule} ({finding.clause}): {finding.message}")
                if finding.overruled is not None:
                    said = _("Overruled by {name}: {reason}")
                    word = finding.overruled
                    print("\t\t" + said.format(name=word.ruled_by, reason=word.reason))
    return 0


def _checked(line: Checked) -> dict[str, object]:
    return {
        "code": line.code,
        "title": line.title,
        "verdict": line.verdict.eligibility,
        "stage": line.verdict.stage,
        "can_send": list(line.verdict.can_send),
        "findings": [
            {
                "rule": finding.rule,
                "severity": finding.severity,
                "result": finding.result,
                "clause": finding.clause,
                "message": finding.message,
                **_overruled(finding),
            }
            for finding in line.verdict.findings
        ],
    }


def _overruled(finding: Finding) -> dict[str, object]:
    """Who set a finding aside, and why; nothing where nobody did."""
    word = finding.overruled
    if word is None:
        return {}
    by, at = word.ruled_by, word.ruled_at.isoformat(timespec="seconds")
    return {"overruled": {"reason": word.reason, "by": by, "at": at}}


def _find(arguments: argparse.Namespace, app: App) -> int:
    listing = register.Listing(words=" ".join(arguments.words))
    with app.open_store(write=False) as store, store.reading() as connection:
        count = register.count(connection, listing)
        ordered = register.ids(connection, listing, arguments.limit)
        lines = register.rows(connection, ordered)
    rows = [lines[key] for key in ordered if key in lines]
    if arguments.json:
        found = [
            {"code": row.code, "title": row.title, "author": row.author, "unit": row.unit}
            for row in rows
        ]
        print_json({"count": count, "rows": found})
        return 0
    for row in rows:
        print(f"{row.code}\t{row.title}\t{row.author}\t{row.unit}")
    print(
        counted("{count} initiative found.", "{count} initiatives found.", count).format(
            count=count
        )
    )
    return 0


def _history(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store(write=False) as store:
        lines = store.journal.history()
    if arguments.json:
        print_json(
            [
                {
                    "entry": line.entry,
                    "time": line.time,
                    "user": line.user,
                    "action": line.label,
                    "records": line.records,
                    "undone_by": line.undone_by,
                }
                for line in lines
            ]
        )
        return 0
    for line in lines:
        undone = _("undone by {entry}").format(entry=line.undone_by) if line.undone_by else ""
        print(f"{line.entry}\t{line.time}\t{line.user}\t{line.label}\t{undone}")
    return 0


def _undo(arguments: argparse.Namespace, app: App) -> int:
    del arguments
    with app.open_store() as store:
        line = store.journal.undoable()
        store.journal.undo()
    print(_("Undone: {action}").format(action=line.label if line else ""))
    return 0
