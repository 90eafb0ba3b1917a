"""Situations written as data, turned into the facts that the check is given."""

import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from desktop.programme.facts import (
    AuthorFacts,
    DecisionFacts,
    Facts,
    Lookalike,
    Protection,
    Recogniser,
)
from desktop.programme.shape import Programme
from desktop.vietnamese.dates import Moment, PartialDate

BLANK = "(blank)"
PARTIAL = {"trial", "use", "protected_from", "protected_to", "topic_accepted"}
PARTIAL |= {"effect_confirmed_on", "issued"}


def read_cases(folder: Path) -> list[dict[str, Any]]:
    """Every case of every programme's file, each with its rule, clause, base and moment."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        if path.stem == "standings":
            continue
        file = tomllib.loads(path.read_text(encoding="utf-8"))
        for rule in file["rules"]:
            for case in rule["cases"]:
                given = {"rule": rule["id"], "clause": rule["clause"], "now": file["now"]}
                layers = [file["base"], file["topic"] if case.get("topic") else {}]
                changes = case.get("set", {})
                found.append(
                    {
                        "programme": file["programme"],
                        **given,
                        **case,
                        "facts": laid_over([*layers, changes]),
                        "ruled_on": laid_over([*layers, case.get("when", changes)]),
                    }
                )
    return found


def laid_over(layers: list[Mapping[str, Any]]) -> dict[str, Any]:
    """Each layer over the one before it; tables are merged, "(blank)" takes a value away."""
    result: dict[str, Any] = {}
    for layer in layers:
        for name, value in layer.items():
            below = result.get(name)
            if isinstance(value, dict):
                result[name] = laid_over([below if isinstance(below, dict) else {}, value])
            elif value == BLANK:
                result.pop(name, None)
            else:
                result[name] = value
    return result


def facts_of(data: Mapping[str, Any]) -> Facts:
    """The facts that the keys of ``data`` give; keys that no fact bears are left out."""
    values = _typed(Facts, data)
    if "decision" in data:
        values["decision"] = DecisionFacts(**_typed(DecisionFacts, data["decision"]))
    values["authors"] = tuple(
        AuthorFacts(**_typed(AuthorFacts, one)) for one in data.get("authors", ())
    )
    values["lookalikes"] = tuple(
        Lookalike(initiative_id=at, why="K3", **one)
        for at, one in enumerate(data.get("lookalikes", ()))
    )
    return Facts(**values)


def _typed(kind: Any, data: Mapping[str, Any]) -> dict[str, Any]:
    names = {one.name for one in fields(kind)}
    return {name: _value(name, value) for name, value in data.items() if name in names}


def _value(name: str, value: Any) -> Any:
    if name in PARTIAL:
        return PartialDate.fromiso(value)
    if name == "sent":
        return Moment.fromiso(value)
    if name == "share":
        return Decimal(str(value))
    return Protection(value) if name == "protection" else value


def switched(programme: Programme, changes: Mapping[str, Any]) -> Programme:
    """The programme with some of its switches set otherwise."""
    values = dict(changes)
    if "recognisers" in values:
        values["recognisers"] = tuple(Recogniser(one) for one in values["recognisers"])
    return replace(programme, switches=replace(programme.switches, **values))


def moment(text: str) -> datetime:
    """The moment written in ISO form, with its zone."""
    return datetime.fromisoformat(text)
