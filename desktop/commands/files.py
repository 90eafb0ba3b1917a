"""Files in and out: the template, the import, the workbook for the portal."""

import argparse
from pathlib import Path

from desktop.app import App
from desktop.commands.output import Lines, print_json
from desktop.errors import UserError
from desktop.models import register
from desktop.models.store import refuse_store_files
from desktop.tasks import importing, portal
from desktop.text import _


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of template, import and export."""
    if verb == "template":
        parser.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True)
        parser.add_argument("--store", metavar="FOLDER")
        return
    if verb == "export":
        parser.add_argument("profile", choices=["portal"])
        parser.add_argument("--out", metavar="FILE.xlsx", type=Path, required=True)
        parser.add_argument("--store", metavar="FOLDER", required=True)
        return
    parser.add_argument("file", type=Path, help=_("the workbook"))
    parser.add_argument("--store", metavar="FOLDER", required=True)
    parser.add_argument("--dry-run", action="store_true", help=_("read and report, change nothing"))
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace, app: App) -> int:
    """Do the verb."""
    return {"template": _template, "import": _import, "export": _export}[arguments.verb](
        arguments, app
    )


def _template(arguments: argparse.Namespace, app: App) -> int:
    refuse_store_files(arguments.out)
    programme = importing.default_programme(app.programmes)
    importing.write_empty_template(arguments.out.resolve(), programme)
    print(_("The template was written to {file}.").format(file=arguments.out))
    return 0


def _import(arguments: argparse.Namespace, app: App) -> int:
    lines = Lines()
    with app.open_store(write=not arguments.dry_run) as store:
        preview = importing.preview(store, arguments.file.resolve(), lines)
        if arguments.dry_run:
            report = importing.report_of(preview, entry=None)
        else:
            report = importing.commit(store, preview, lines)
    lines.end()
    if arguments.json:
        print_json(_report(report))
    else:
        for line in report.sentences():
            print(line)
    if report.readable:
        return 0
    raise UserError(
        _("No row of {file} can be read. Mend what is listed, then import again.").format(
            file=arguments.file.name
        ),
        code="import.nothing",
    )


def _report(report: importing.ImportReport) -> dict[str, object]:
    problems = [
        {"row": p.row, "column": p.column, "code": p.code, "message": p.message}
        for p in report.problems
    ]
    return {
        "read": report.read,
        "imported": report.imported,
        "problems": problems,
        "notes": list(report.notes),
    }


def _export(arguments: argparse.Namespace, app: App) -> int:
    lines = Lines()
    with app.open_store() as store:
        with store.reading() as connection:
            kept = register.count(connection, register.Listing())
        report = portal.export_portal(store, arguments.out.resolve(), progress=lines)
    lines.end()
    print(
        _("Wrote {count} initiatives for the portal to {file}.").format(
            count=report.count, file=arguments.out
        )
    )
    if kept > report.count:
        message = _("{count} initiatives that are not eligible were left out.")
        print(message.format(count=kept - report.count))
    for note in report.notes():
        print(note)
    return 0
