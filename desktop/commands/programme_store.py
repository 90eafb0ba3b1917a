"""The programme of a store: show it, adopt another, set the office's values; seen beforehand."""

import argparse
import json
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines, print_json
from desktop.errors import UserError
from desktop.models.store import Store
from desktop.models.values import eligibility_name
from desktop.programme.overrides import as_written
from desktop.programme.shape import Overridden
from desktop.tasks import adopting
from desktop.tasks.adopting import Proposal, shown_value
from desktop.tasks.rechecking import Change, Changes, each_change
from desktop.text import _, counted


def configure_show(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``programme show``."""
    parser.add_argument("--store", metavar="FOLDER", required=True)
    parser.add_argument("--json", action="store_true")


def configure_adopt(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``programme adopt``."""
    parser.add_argument(
        *("file",),
        type=Path,
        nargs="?",
        metavar="FILE.toml",
        help=_("none: the programme of the store as this installation has it"),
    )
    parser.add_argument(
        "--another", action="store_true", help=_("confirm that it is another programme")
    )
    _add_acceptance(parser)


def configure_override(parser: argparse.ArgumentParser) -> None:
    """The arguments of ``programme override``."""
    parser.add_argument("key", metavar="KEY")
    parser.add_argument("value", metavar="VALUE", nargs="?")
    parser.add_argument("--source", metavar="TEXT", help=_("the office's document that says so"))
    parser.add_argument("--remove", action="store_true", help=_("let the programme's own count"))
    _add_acceptance(parser)
    parser.set_defaults(usage_error=parser.error)


def _add_acceptance(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="FOLDER", required=True)
    parser.add_argument(
        "--accept", action="store_true", help=_("put it in force; without it nothing is changed")
    )
    parser.add_argument("--reason", metavar="TEXT", default="", help=_("kept in the history"))
    parser.add_argument("--json", action="store_true")


def show(arguments: argparse.Namespace, app: App) -> int:
    """Print the programme in force and the office's own values, the programme's beside them."""
    with app.open_store(write=False) as store:
        now = adopting.standing(store)
    laid = now.programme.overridden
    if arguments.json:
        print_json(
            {
                "code": now.programme.code,
                "title": now.programme.title,
                "version": now.programme.version,
                "accepted": now.line.since,
                "documents": [one.number for one in now.programme.documents],
                "overrides": [_overridden(one) for one in laid.values()],
                "other_shipped": now.other.version if now.other else None,
            }
        )
        return 0
    print(f"{now.programme.code}\t{now.programme.label}")
    print(_("Version {version}").format(version=now.programme.version))
    for one in laid.values():
        setting = adopting.setting_of(now.own, one.key)
        print(f"{one.key}\t{setting.label if setting else ''}\t{_told(one)}")
    if now.other is not None:
        print(_("This installation ships another version. See it with: programme adopt"))
    return 0


def _overridden(one: Overridden) -> dict[str, object]:
    return {
        "key": one.key,
        "own": _written(one.own),
        "office": _written(one.office),
        "source": one.source,
    }


def _written(value: object) -> object:
    """A value as JSON has it: what a definition has, days and times as ISO texts."""
    found = as_written(value)
    return found.isoformat() if isinstance(found, date) else found


def _told(one: Overridden) -> str:
    return _("{office} instead of {own} ({source})").format(
        office=shown_value(one.key, one.office),
        own=shown_value(one.key, one.own),
        source=one.source,
    )


def adopt(arguments: argparse.Namespace, app: App) -> int:
    """Show what a definition would change in the store; with --accept put it in force."""
    with app.open_store(write=arguments.accept) as store:
        if arguments.file is not None:
            proposal = adopting.propose_file(store, arguments.file, app.resources)
        else:
            shipped = adopting.propose_shipped(store)
            if shipped is None:
                message = _("The programme that ships is in force already. Name a file.")
                raise UserError(message, code="programme.same")
            proposal = shipped
        return _propose(store, proposal, arguments, another=arguments.another)


def override(arguments: argparse.Namespace, app: App) -> int:
    """Show what a value of the office's own would change; with --accept put it in force."""
    if arguments.remove == (arguments.value is not None):
        arguments.usage_error(_("give VALUE with --source, or --remove"))
    with app.open_store(write=arguments.accept) as store:
        if arguments.remove:
            proposal = adopting.propose_without(store, arguments.key)
        else:
            given = (arguments.key, arguments.value, arguments.source or "")
            proposal = adopting.propose_override(store, *given)
        return _propose(store, proposal, arguments, another=False)


def _propose(
    store: Store, proposal: Proposal, arguments: argparse.Namespace, *, another: bool
) -> int:
    """Print each change as it is found, then the counts; accept it where that was asked for."""
    if arguments.accept and store.refusal is not None:
        raise store.refusal
    lines = Lines()
    found = Changes(proposal.programme, store.clock())
    changes = each_change(store, found, lines)
    if arguments.json:
        _print_stream(changes)
    else:
        for change in changes:
            _print_change(change)
    lines.end()
    if arguments.accept:
        store.journal.do(proposal.action(arguments.reason, another=another), lines)
        lines.end()
    if arguments.json:
        _print_totals(found, proposal, accepted=arguments.accept)
    else:
        _tell(found, proposal, accepted=arguments.accept)
    return 0


def _print_stream(changes: Iterator[Change]) -> None:
    """The list of changes, written as they come, so that it need not be held."""
    sys.stdout.write('{"changes": [')
    for at, change in enumerate(changes):
        sys.stdout.write(",\n" if at else "\n")
        json.dump(_document(change), sys.stdout, ensure_ascii=False)
    sys.stdout.write("],\n")


def _document(change: Change) -> dict[str, object]:
    return {
        "code": change.code,
        "title": change.title,
        "before": change.before or None,
        "after": change.after,
        "stage_before": change.stage_before,
        "stage_after": change.stage_after,
        "why": [
            {"rule": one.rule, "clause": one.clause, "result": one.result, "message": one.message}
            for one in change.why
        ],
    }


def _print_totals(found: Changes, proposal: Proposal, *, accepted: bool) -> None:
    """The rest of the document that ``_print_stream`` began."""
    rest = {
        "programme": proposal.programme.code,
        "version": proposal.programme.version,
        "another": proposal.another,
        "checked": found.checked,
        "before": {key or "none": count for key, count in sorted(found.before.items())},
        "after": dict(sorted(found.after.items())),
        "verdicts_changed": found.verdicts,
        "stages_changed": found.stages,
        "remarks_changed": found.remarks,
        "accepted": accepted,
    }
    sys.stdout.write(json.dumps(rest, ensure_ascii=False, indent=1)[1:].lstrip())
    sys.stdout.write("\n")


def _print_change(change: Change) -> None:
    before, after = eligibility_name(change.before) or "–", eligibility_name(change.after)
    verdict = f"{before} → {after}" if before != after else after
    if change.stage_before != change.stage_after:
        stages = f"{change.stage_before or '–'} → {change.stage_after or '–'}"
        verdict = f"{verdict}; " + _("stage {stages}").format(stages=stages)
    print(f"{change.code}\t{verdict}\t{change.title}")
    for one in change.why:
        print(f"\t{one.rule} ({one.clause}): {one.message}")


def _tell(found: Changes, proposal: Proposal, *, accepted: bool) -> None:
    count = found.verdicts
    said = counted(
        "{count} initiative of {all} gets another verdict.",
        "{count} initiatives of {all} get another verdict.",
        count,
    )
    print(said.format(count=count, all=found.checked))
    for (before, after), number in sorted(found.moves.items()):
        print(f"\t{eligibility_name(before) or '–'} → {eligibility_name(after)}: {number}")
    if found.stages:
        print(_("Another stage: {count}").format(count=found.stages))
    if found.remarks:
        print(_("Only other remarks: {count}").format(count=found.remarks))
    if accepted:
        words = _("The programme {code}, version {version}, is in force now.")
        print(words.format(code=proposal.programme.code, version=proposal.programme.version))
        return
    if proposal.another:
        print(_("It is another programme than the store's: accept it with --another as well."))
    print(_("Nothing was changed. Put it in force with --accept."))
