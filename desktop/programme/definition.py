"""A programme's definition: one TOML file in, a frozen Programme out; misfits are refused."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.programme.reading import Source, Where, did_you_mean
from desktop.programme.rules import TESTS
from desktop.programme.shape import Programme, Rule
from desktop.text import _

__all__ = ["Programme", "load_programme", "load_programmes"]


def load_programme(path: Path) -> Programme:
    """The programme that the TOML file defines.

    Raises UserError for a file that cannot be read, a key that is not known (with the nearest one
    that is), a value of the wrong type, and what contradicts itself; the message names file, line
    and key.
    """
    source = Source(path)
    programme = source.build(Programme, source.data)
    _check_windows(source, programme)
    _check_rules(source, programme)
    _check_contradictions(source, programme)
    numbers = {document.key: document.number for document in programme.documents}
    cites = {rule.id: f"{numbers[rule.document]} {rule.clause}" for rule in programme.rules}
    return replace(programme, version=_version(source.data), cites=cites)


def load_programmes(folder: Path) -> dict[str, Programme]:
    """The programmes defined by the TOML files of a folder, by code, in order of file names.

    Raises UserError as load_programme does, where two files give the same code, and where there is
    none at all.
    """
    found: dict[str, Programme] = {}
    for path in sorted(folder.glob("*.toml")):
        programme = load_programme(path)
        if programme.code in found:
            message = _("{file}: the code “{code}” is already used by another programme.")
            text = message.format(file=path.name, code=programme.code)
            raise UserError(text, code="definition-twice")
        found[programme.code] = programme
    if not found:
        message = _("No programme is defined in the folder “{folder}”.").format(folder=folder)
        raise UserError(message, code="definition-missing")
    return found


def _check_rules(source: Source, programme: Programme) -> None:
    """Refuse rules given twice, unknown tests and documents, and parameters that a test ignores."""
    _refuse_twice(source, "rules", "id", [rule.id for rule in programme.rules])
    keys = [document.key for document in programme.documents]
    for at, rule in enumerate(programme.rules):
        where: Where = ("rules", at)
        if rule.test not in TESTS:
            message = did_you_mean(rule.test, TESTS)
            raise source.refuse((*where, "test"), message, code="definition-choice")
        if rule.document not in keys:
            message = did_you_mean(rule.document, keys)
            raise source.refuse((*where, "document"), message, code="definition-choice")
        for name in source.data["rules"][at].get("parameters", {}):
            if name not in TESTS[rule.test].reads:
                message = _("the test “{test}” does not use it. It uses: {names}.").format(
                    test=rule.test, names=", ".join(TESTS[rule.test].reads) or "-"
                )
                raise source.refuse(
                    (*where, "parameters", name), message, code="definition-parameter"
                )
        _check_stage(source, programme, rule, where)


def _check_stage(source: Source, programme: Programme, rule: Rule, where: Where) -> None:
    """Refuse a rule on the window of a stage that the programme does not have."""
    number = rule.parameters.stage
    if "stage" in TESTS[rule.test].reads and programme.stage(number) is None:
        message = did_you_mean(str(number), [str(stage.number) for stage in programme.stages])
        raise source.refuse((*where, "parameters", "stage"), message, code="definition-choice")


def _check_windows(source: Source, programme: Programme) -> None:
    """Refuse windows that end before they start, and categories or stages given twice."""
    _refuse_twice(source, "categories", "code", [one.code for one in programme.categories])
    _refuse_twice(source, "stages", "number", [str(one.number) for one in programme.stages])
    windows = programme.windows
    for name, window in (("apply_to", windows.apply), ("recognise_to", windows.recognise)):
        if window.first and window.last and window.last < window.first:
            raise _reversed(source, ("windows", name))
    for at, stage in enumerate(programme.stages):
        if stage.upload_before <= stage.upload_from:
            raise _reversed(source, ("stages", at, "upload_before"))
        qualify = stage.qualify
        if qualify.first and qualify.last and qualify.last < qualify.first:
            raise _reversed(source, ("stages", at, "qualify_to"))
        if at and stage.upload_from < programme.stages[at - 1].upload_before:
            message = _("this stage starts before the stage above it has ended.")
            raise source.refuse(("stages", at, "upload_from"), message, code="definition-window")


def _reversed(source: Source, where: Where) -> UserError:
    """The error for a window that ends before it starts."""
    return source.refuse(where, _("the window ends before it starts."), code="definition-window")


def _refuse_twice(source: Source, table: str, key: str, names: Iterable[str]) -> None:
    """Refuse a name that is given a second time."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            message = _("“{name}” is given twice.").format(name=name)
            raise source.refuse((table, at, key), message, code="definition-twice")
        seen.add(name)


def _check_contradictions(source: Source, programme: Programme) -> None:
    """Refuse a contradiction whose answer is said to stand under a key that is not there."""
    for at, one in enumerate(programme.contradictions):
        found: Any = source.data
        for name in one.kept_in.split(".") if one.kept_in else ():
            found = found.get(name) if isinstance(found, dict) else None
        if found is None:
            message = _("there is no key “{key}” in this file.").format(key=one.kept_in)
            raise source.refuse(("contradictions", at, "kept_in"), message, code="definition-key")


def _version(data: dict[str, Any]) -> str:
    """Twelve hex digits that change with the content, not with comments or line breaks."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
