"""The wording of papers: what ships and the office's own; changed, reset, checked, handed on."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from desktop.app import App
from desktop.commands.output import print_json
from desktop.errors import UserError
from desktop.models.actions.office import ReviseWording
from desktop.models.store import Store
from desktop.printing.form_fields import FORMS, Field, fields_of
from desktop.printing.wording import (
    Own,
    Wording,
    field_of,
    forms_named,
    kept_words,
    plain,
    value_in,
)
from desktop.tasks import wording as task
from desktop.text import N_, _, counted
from desktop.vietnamese.dates import parse_date, short_date


class Part(NamedTuple):
    """A subcommand of ``forms``: what it is for, its arguments, and what it does."""

    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, App], int]


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of each part of forms."""
    del verb
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    for name, part in PARTS.items():
        part.configure(parts.add_parser(name, help=_(part.help), description=_(part.help)))


def run(arguments: argparse.Namespace, app: App) -> int:
    """Do the part."""
    return PARTS[arguments.part].run(arguments, app)


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--store", metavar="FOLDER", required=True)


def _configure_list(parser: argparse.ArgumentParser) -> None:
    _add_store(parser)
    parser.add_argument("--json", action="store_true")


def _list(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store(write=False) as store:
        wording = task.standing(store, app.resources)
    if arguments.json:
        print_json(
            {
                "form_set": wording.shipped.code,
                "forms": [
                    {
                        "form": one.form,
                        "paper": one.paper,
                        "own": task.changed_in(wording, one.form),
                    }
                    for one in FORMS
                ],
                "hides_changed": [one.key for one in wording.hidden()],
                "spoilt": list(wording.spoilt),
            }
        )
        return 0
    print(f"{wording.shipped.code}\t{wording.shipped.name}")
    for one in FORMS:
        count = task.changed_in(wording, one.form)
        own = counted("{count} of its own", "{count} of its own", count).format(count=count)
        print(f"{one.form}\t{task.form_name(one.form)}\t{own if count else ''}".rstrip())
    for hidden in wording.hidden():
        print(_("{key}: the shipped wording has changed").format(key=hidden.key))
    for key in wording.spoilt:
        print(
            _(
                "{key}: the office's own words cannot be used any more; papers bear the shipped "
                "ones. Set them anew, or reset them: forms reset {key}."
            ).format(key=key)
        )
    return 0


def _configure_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paper", metavar="PAPER", help=_("a paper, a form, or one key"))
    _configure_list(parser)


def _show(arguments: argparse.Namespace, app: App) -> int:
    """Print the fields of a paper: what ships, what may be filled in, the office's own beside."""
    named = forms_named(arguments.paper)
    fields = [one for form in named for one in fields_of(form)]
    if not named:
        fields = [field_of(arguments.paper)]
    with app.open_store(write=False) as store:
        wording = task.standing(store, app.resources)
    if arguments.json:
        print_json([_described(one, wording) for one in fields])
        return 0
    for field in fields:
        print(f"{field.key}\t{_(field.label)}\t{_told(value_in(wording.shipped, field.key))}")
        if field.fills:
            names = " ".join("{" + one + "}" for one in field.fills)
            print("\t" + _("Filled in: {names}").format(names=names))
        for own in wording.of(field.key):
            print(
                "\t"
                + _("The office{days}: {value}").format(days=_days(own), value=_told(own.value))
            )
        for line in kept_words(wording.spoilt.get(field.key, "")).splitlines():
            print("\t" + _("Kept, but not usable any more: {value}").format(value=line))
    return 0


def _described(field: Field, wording: Wording) -> dict[str, object]:
    return {
        "key": field.key,
        "name": _(field.label),
        "fills": list(field.fills),
        "shipped": plain(value_in(wording.shipped, field.key)),
        "own": [
            {
                "value": plain(one.value),
                "from": one.valid_from,
                "to": one.valid_to,
                "instead_of": one.instead_of,
            }
            for one in wording.of(field.key)
        ],
        "shipped_has_changed": any(one.key == field.key for one in wording.hidden()),
        "spoilt": wording.spoilt.get(field.key),
    }


def _told(value: object) -> str:
    """A value on one line."""
    kept = plain(value)
    if isinstance(kept, list):
        return " | ".join(_told_entry(one) for one in kept)
    return str(kept)


def _told_entry(entry: object) -> str:
    if isinstance(entry, dict):
        return ", ".join(f"{name}: {_told(one)}" for name, one in entry.items())
    return str(entry)


def _days(own: Own) -> str:
    parts = []
    if own.valid_from:
        parts.append(_("from {day}").format(day=short_date(own.valid_from)))
    if own.valid_to:
        parts.append(_("to {day}").format(day=short_date(own.valid_to)))
    return " " + " ".join(parts) if parts else ""


def _configure_set(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("key", metavar="KEY")
    parser.add_argument("value", metavar="VALUE", help=_("the lines of a list parted by |"))
    parser.add_argument("--from", dest="first", metavar="DAY", type=_day)
    parser.add_argument("--to", dest="last", metavar="DAY", type=_day)
    _add_store(parser)


def _day(words: str) -> date:
    try:
        found = parse_date(words)
    except ValueError:
        found = None
    if found is None or not found.day:
        raise argparse.ArgumentTypeError(
            _("“{text}” is no day. Write it as 01/7/2025 or 2025-07-01.").format(text=words)
        )
    return found.first


def _set(arguments: argparse.Namespace, app: App) -> int:
    field = field_of(arguments.key)
    value = task.read_value(field, arguments.value)
    new = Own(field.key, value, arguments.first, arguments.last)
    with app.open_store() as store:
        wording = task.standing(store, app.resources)
        act = task.revise(wording, {field.key: task.with_value(wording, new)}, app.resources)
        return _do(store, act)


def _do(store: Store, act: ReviseWording | None) -> int:
    if act is None:
        print(_("Nothing changes."))
        return 0
    store.journal.do(act)
    print(_("Changed: {name}").format(name=act.name))
    return 0


def _configure_reset(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", metavar="KEY|PAPER", nargs="?")
    parser.add_argument("--all", action="store_true", help=_("every value of the office's own"))
    _add_store(parser)
    parser.set_defaults(usage_error=parser.error)


def _reset(arguments: argparse.Namespace, app: App) -> int:
    if bool(arguments.what) == arguments.all:
        arguments.usage_error(_("name a key or a paper, or say --all"))
    with app.open_store() as store:
        return _do(store, task.reset(store, arguments.what))


def _configure_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.toml", type=Path)


def _check(arguments: argparse.Namespace, app: App) -> int:
    code, count = task.check_file(arguments.file, app.resources)
    words = counted(
        "{count} value for {code}: it fits.", "{count} values for {code}: they fit.", count
    )
    print(words.format(count=count, code=code))
    return 0


def _configure_kept_file(parser: argparse.ArgumentParser) -> None:
    _configure_file(parser)
    _add_store(parser)


def _export(arguments: argparse.Namespace, app: App) -> int:
    if arguments.file.exists():
        message = _("The file “{file}” is there already. Choose another name.")
        raise UserError(message.format(file=arguments.file), code="file-exists")
    with app.open_store(write=False) as store:
        count = task.hand_out(task.standing(store, app.resources), arguments.file.resolve())
    words = counted("{count} value written to {file}.", "{count} values written to {file}.", count)
    print(words.format(count=count, file=arguments.file))
    return 0


def _import(arguments: argparse.Namespace, app: App) -> int:
    with app.open_store() as store:
        wording = task.standing(store, app.resources)
        return _do(store, task.take_in(wording, arguments.file, app.resources))


def _departures(arguments: argparse.Namespace, app: App) -> int:
    """Say what the papers do otherwise than the rules for official papers, on purpose."""
    with app.open_store(write=False) as store:
        shipped = task.standing(store, app.resources).shipped
    if arguments.json:
        print_json([plain(one) for one in shipped.departures])
        return 0
    for one in shipped.departures:
        papers = ", ".join(one.papers) or _("all papers")
        print(f"{papers}\t{one.rule}\t{one.text}")
    return 0


PARTS = {
    "list": Part(
        N_("Name the forms, and how much the office has of its own"), _configure_list, _list
    ),
    "departures": Part(
        N_("Say where the papers depart from the rules for official papers, and why"),
        _configure_list,
        _departures,
    ),
    "show": Part(N_("Show the wording of a paper"), _configure_show, _show),
    "set": Part(N_("Set the office's own wording, from one day to another"), _configure_set, _set),
    "reset": Part(N_("Let the shipped wording count again"), _configure_reset, _reset),
    "check": Part(N_("Check a file of wording, or a whole form set"), _configure_file, _check),
    "export": Part(N_("Write the office's own wording to a file"), _configure_kept_file, _export),
    "import": Part(N_("Take over the wording of a file"), _configure_kept_file, _import),
}
