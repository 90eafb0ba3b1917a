"""A programme's definition: one TOML file in, a frozen Programme out; misfits are refused."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.errors import UserError
from desktop.programme.consistency import (
    Installed,
    check_answers,
    check_awards,
    check_figures,
    check_installed,
    check_lists,
    check_stages_open,
    check_windows,
)
from desktop.programme.reading import Source, Where, did_you_mean
from desktop.programme.rules import TESTS
from desktop.programme.shape import Programme, Rule
from desktop.text import _

__all__ = ["Installed", "Programme", "load_programme", "load_programmes", "programme_from_text"]


def load_programme(
    path: Path, *, taken: Collection[str] = (), installed: Installed | None = None
) -> Programme:
    """The programme that the TOML file defines; ``taken`` holds codes that it may not have.

    One that is new here is given what is ``installed``: then it must also open the portal while its
    stages last, and name a form set and a list of columns that are there.

    Raises UserError for a file that cannot be read, a key that is not known (with the nearest one
    that is), a value of the wrong type, and what contradicts itself; the message names file, line
    and key.
    """
    source = Source(path)
    programme = _programme(source, taken)
    if installed is not None:
        check_stages_open(source, programme)
        check_installed(source, programme, installed)
    return programme


def programme_from_text(text: str, name: str, *, taken: Collection[str] = ()) -> Programme:
    """The programme that a TOML text defines, as one kept in a store; ``name`` stands in errors.

    Raises UserError as load_programme does.
    """
    return _programme(Source(Path(name), text), taken)


def _programme(source: Source, taken: Collection[str]) -> Programme:
    """The programme of a definition that was read, once all of it has been checked."""
    programme = source.build(Programme, source.data)
    if programme.code in taken:
        message = _("the code “{code}” is already used by another programme. Choose another one.")
        text = message.format(code=programme.code)
        raise source.refuse(("code",), text, code="definition-twice")
    check_lists(source, programme)
    check_windows(source, programme)
    check_figures(source, programme)
    _refuse_both_ways(source)
    _check_rules(source, programme)
    check_awards(source, programme)
    check_answers(source, programme)
    numbers = {document.key: document.number for document in programme.documents}
    cites = {rule.id: f"{numbers[rule.document]} {rule.clause}" for rule in programme.rules}
    return replace(programme, version=_version(source.data), cites=cites, text=source.text)


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
    """Refuse unknown tests and documents, and parameters that a test ignores."""
    keys = [document.key for document in programme.documents]
    for at, rule in enumerate(programme.rules):
        where: Where = ("rules", at)
        if rule.test not in TESTS:
            message = did_you_mean(rule.test, TESTS)
            raise source.refuse((*where, "test"), message, code="definition-choice")
        if (rule.kind == "eligibility") != (TESTS[rule.test].subject == "initiative"):
            message = _("a rule of this kind cannot use the test “{test}”.").format(test=rule.test)
            raise source.refuse((*where, "kind"), message, code="definition-kind")
        if rule.document not in keys:
            message = did_you_mean(rule.document, keys)
            raise source.refuse((*where, "document"), message, code="definition-choice")
        for place, one in enumerate(rule.also):
            if one.document not in keys:
                message = did_you_mean(one.document, keys)
                further: Where = (*where, "also", place, "document")
                raise source.refuse(further, message, code="definition-choice")
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


def _refuse_both_ways(source: Source) -> None:
    """Refuse a stage whose start or end is given as hours and as days at once."""
    for at, stage in enumerate(source.data["stages"]):
        for hour, day in (("upload_from", "first"), ("upload_before", "last")):
            if hour in stage and day in stage:
                message = _("“{key}” says the same: give one of the two.").format(key=hour)
                raise source.refuse(("stages", at, day), message, code="definition-window")


def _version(data: dict[str, Any]) -> str:
    """Twelve hex digits that change with the content, not with comments or line breaks."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:12]
