"""Stores as a whole: new, backup, restore, verify."""

import argparse
import sys
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines, print_json
from desktop.errors import UserError
from desktop.models import backup
from desktop.models.engines import sqlite
from desktop.models.store import Store
from desktop.tasks import stores
from desktop.text import _, counted


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of new, backup, restore and verify."""
    if verb == "new":
        parser.add_argument("folder", type=Path, help=_("a new or an empty folder"))
        parser.add_argument("--programme", metavar="CODE", default=stores.DEFAULT_PROGRAMME)
        parser.add_argument("--office", metavar="NAME", default="")
        return
    parser.add_argument("--store", metavar="FOLDER", required=True)
    if verb == "backup":
        parser.add_argument("--out", metavar="FILE", type=Path, required=True)
    if verb == "restore":
        parser.add_argument(
            "file", type=Path, nargs="?", help=_("the backup; without it the newest that is whole")
        )
        parser.add_argument("--dry-run", action="store_true", help=_("compare, change nothing"))
        parser.add_argument(
            "--exactly", action="store_true", help=_("without the changes after the backup")
        )
    if verb == "verify":
        parser.add_argument("--json", action="store_true")
        parser.add_argument(
            "--mark", help=_("a mark that an earlier check printed: its entry must be there still")
        )


def run(arguments: argparse.Namespace, app: App) -> int:
    """Do the verb."""
    return {"new": _new, "backup": _backup, "restore": _restore, "verify": _verify}[arguments.verb](
        arguments, app
    )


def _new(arguments: argparse.Namespace, app: App) -> int:
    folder = arguments.folder.resolve()
    stores.new_store(
        folder,
        programmes=app.programmes,
        programme=arguments.programme,
        office=stores.plain_office(arguments.office),
        user=app.user,
        clock=app.clock,
    )
    print(_("A new store was made in {folder}.").format(folder=folder))
    return 0


def _backup(arguments: argparse.Namespace, app: App) -> int:
    lines = Lines()
    with app.open_store(write=False) as store:
        line = backup.back_up(store, arguments.out.resolve(), lines)
    lines.end()
    print(
        _("Backed up {count} initiatives to {file}, and read back.").format(
            count=line.initiatives, file=line.path
        )
    )
    if line.damaged:
        print(backup.damage_told(line), file=sys.stderr)
    return 0


def _restore(arguments: argparse.Namespace, app: App) -> int:
    folder, lines = Path(arguments.store).resolve(), Lines()
    prepared = stores.prepare_restore(
        arguments.file.resolve() if arguments.file is not None else None,
        folder,
        programmes=app.programmes,
        clock=app.clock,
        later=not arguments.exactly,
        progress=lines,
    )
    lines.end()
    for words in stores.comparison_lines(prepared.comparison):
        print(words)
    if arguments.dry_run:
        prepared.drop()
        print(_("Nothing was changed."))
        return 0
    line = stores.put_in_place(prepared, user=app.user, clock=app.clock)
    print(
        _("Restored {count} initiatives as of {time} to {folder}. What was there is kept.").format(
            count=prepared.comparison.after.initiatives,
            time=f"{line.made_at:%H:%M %d/%m/%Y}",
            folder=folder,
        )
    )
    return 0


def _verify(arguments: argparse.Namespace, app: App) -> int:
    lines = Lines()
    head = backup.read_mark(arguments.mark) if arguments.mark is not None else None
    with app.open_store(write=False) as store:
        found = backup.verify(store, lines, head)
        mark = _mark_of(store)
    lines.end()
    if arguments.json:
        rows = [{"kind": d.kind, "record": d.record, "message": d.message} for d in found]
        print_json({"sound": not found, "damage": rows, "mark": mark})
        return 1 if found else 0
    for damage in found:
        print(f"{damage.record}: {damage.message}")
    print(
        counted("{count} damage found.", "{count} damages found.", len(found)).format(
            count=len(found)
        )
        if found
        else _("The store is sound.")
    )
    print(_("Mark of the journal, to be written down: {mark}").format(mark=mark))
    return 1 if found else 0


def _mark_of(store: Store) -> str:
    """The mark of a store's journal, blank where its newest entry cannot be read."""
    try:
        return backup.head_of(store).mark
    except (UserError, sqlite.Error, UnicodeDecodeError):
        return ""
