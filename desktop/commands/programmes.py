"""Programmes: list them, check a definition, start one from a copy, print the table of rules."""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from desktop.app import App
from desktop.commands import programme_store
from desktop.commands.output import print_json
from desktop.errors import UserError, reason_of
from desktop.programme.definition import Programme, load_programme, programme_from_text
from desktop.programme.reading import did_you_mean
from desktop.programme.rules_table import markdown
from desktop.programme.shape import Windows
from desktop.programme.wording import stage_line
from desktop.tasks import adopting
from desktop.text import N_, _, counted

_CODE = re.compile(r'^code\s*=\s*"[^"\n]*"', re.MULTILINE)


class Part(NamedTuple):
    """A subcommand of ``programme``: what it is for, its arguments, and what it does."""

    help: str
    configure: Callable[[argparse.ArgumentParser], None]
    run: Callable[[argparse.Namespace, App], int]


def configure(parser: argparse.ArgumentParser, verb: str) -> None:
    """The arguments of programmes and of each part of programme."""
    if verb == "programmes":
        parser.add_argument("--json", action="store_true")
        return
    parts = parser.add_subparsers(dest="part", metavar="PART", required=True)
    for name, part in PARTS.items():
        part.configure(parts.add_parser(name, help=_(part.help), description=_(part.help)))


def run(arguments: argparse.Namespace, app: App) -> int:
    """Do the verb; 1 where a definition is not right."""
    if arguments.verb == "programmes":
        return _list(arguments, app)
    return PARTS[arguments.part].run(arguments, app)


def _list(arguments: argparse.Namespace, app: App) -> int:
    if arguments.json:
        print_json([_described(programme) for programme in app.programmes.values()])
        return 0
    for programme in app.programmes.values():
        count = len([rule for rule in programme.rules if rule.on])
        rules = counted("{count} rule", "{count} rules", count).format(count=count)
        print(f"{programme.code}\t{programme.label}\t{programme.organ}\t{rules}")
        for stage in programme.stages:
            print(f"\t{stage_line(stage)}")
    return 0


def _described(programme: Programme) -> dict[str, object]:
    """A programme as the JSON document tells it; days and times are ISO texts, or null."""
    return {
        "code": programme.code,
        "title": programme.title,
        "organ": programme.organ,
        "windows": {name: _iso(getattr(programme.windows, name)) for name in _WINDOWS},
        "stages": [
            {
                "number": stage.number,
                "name": stage.name,
                "upload_from": _iso(stage.upload_from),
                "upload_before": _iso(stage.upload_before),
                "target": stage.target,
            }
            for stage in programme.stages
        ],
        "rules": len([rule for rule in programme.rules if rule.on]),
        "version": programme.version,
        "shipped": True,
    }


_WINDOWS = tuple(Windows.__dataclass_fields__)


def _iso(value: object) -> str | None:
    """A date or time in ISO form, null where it is not given."""
    return None if value is None else str(value.isoformat())  # type: ignore[attr-defined]


def _configure_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE.toml")


def _check(arguments: argparse.Namespace, app: App) -> int:
    """Read a definition whole: a summary, or the error with its file and line."""
    path: Path = arguments.file
    shipped = path.resolve().parent == _folder(app).resolve()
    programme = load_programme(
        path,
        taken=() if shipped else app.programmes.keys(),
        installed=adopting.installed(app.resources),
    )
    print(_("{file} is right.").format(file=path.name))
    print(f"{programme.code}\t{programme.label}")
    for stage in programme.stages:
        print(stage_line(stage))
    on = len([rule for rule in programme.rules if rule.on])
    rules = counted("{count} rule", "{count} rules", on).format(count=on)
    given = len(programme.awards)
    awards = counted("{count} award", "{count} awards", given).format(count=given)
    print(f"{rules}, {awards}")
    print(_("Version {version}").format(version=programme.version))
    return 0


def _configure_copy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("file", type=Path, metavar="FILE.toml")
    parser.add_argument("--as", dest="new_code", metavar="CODE", help=_("the code of the copy"))


def _copy(arguments: argparse.Namespace, app: App) -> int:
    """Write a shipped definition, comments and all, under a code of its own."""
    code = arguments.new_code or f"{arguments.code}-RIENG"
    line = f"code = {json.dumps(code, ensure_ascii=False)}"
    text = _CODE.sub(lambda _found: line, _shipped_text(arguments.code, app), count=1)
    programme = programme_from_text(text, arguments.file.name, taken=app.programmes.keys())
    try:
        with arguments.file.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        message = _("The file “{file}” is there already. Choose another name.")
        raise UserError(message.format(file=arguments.file), code="file-exists") from error
    except OSError as error:
        message = _("The file “{file}” cannot be written: {reason}")
        text = message.format(file=arguments.file, reason=reason_of(error))
        raise UserError(text, code="file-unwritable") from error
    message = _("{file} holds the programme {code}. Change it, then check it.")
    print(message.format(file=arguments.file, code=programme.code))
    return 0


def _configure_rules(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE")
    parser.add_argument("--markdown", action="store_true", help=_("as tables in Markdown"))


def _rules(arguments: argparse.Namespace, app: App) -> int:
    """Print the rules of a programme with their clauses."""
    programme = _known(arguments.code, app)
    if arguments.markdown:
        print(markdown(programme), end="")
        return 0
    for rule in programme.rules:
        if rule.on:
            print(f"{rule.id}\t{programme.cites[rule.id]}\t{rule.label}")
    return 0


def _folder(app: App) -> Path:
    """Where the shipped definitions lie."""
    return app.resources / "programmes"


def _known(code: str, app: App) -> Programme:
    """The programme of that code; UserError with the nearest one where there is none."""
    if code not in app.programmes:
        raise UserError(did_you_mean(code, app.programmes), code="programme-unknown")
    return app.programmes[code]


def _shipped_text(code: str, app: App) -> str:
    """The text of the shipped definition of that code."""
    _known(code, app)
    for path in sorted(_folder(app).glob("*.toml")):
        if load_programme(path).code == code:
            return path.read_text(encoding="utf-8")
    raise UserError(did_you_mean(code, app.programmes), code="programme-unknown")


PARTS = {
    "check": Part(
        N_("Check a definition: right, or what is wrong on which line"), _configure_check, _check
    ),
    "copy": Part(N_("Start a programme of your own from a copy"), _configure_copy, _copy),
    "rules": Part(N_("Print the rules with their clauses"), _configure_rules, _rules),
    "show": Part(
        N_("The programme in force in a store, and the office's own values"),
        programme_store.configure_show,
        programme_store.show,
    ),
    "adopt": Part(
        N_("Put a programme in force in a store, seeing beforehand what changes"),
        programme_store.configure_adopt,
        programme_store.adopt,
    ),
    "override": Part(
        N_("Set a date, target or switch of the office's own over its programme"),
        programme_store.configure_override,
        programme_store.override,
    ),
}
"""The parts of ``programme``; a new one is a line here."""
