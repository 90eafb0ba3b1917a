"""How an office numbers its papers (cấp số): a series for each type, for groups, or one for all."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.errors import UserError
from desktop.text import _

NUMBERING = "numbering"
"""The key of the setting that keeps it."""
_PLACES = re.compile(r"\{(n)(?::0?(\d)d?)?\}|\{(symbol|type|organ|year)\}")
_USUAL = "{n}/{symbol}"


class Mode(StrEnum):
    """Which papers are counted together."""

    TYPE = "type"
    SHARED = "shared"
    GROUPS = "groups"


@dataclass(frozen=True, slots=True)
class TypeRule:
    """A type of paper (loại văn bản): abbreviation, name, and how its number is written.

    In ``pattern``, ``{n}`` is the number with two digits at least (``{n:03d}``: three),
    ``{symbol}`` the symbol that the form prints, ``{type}``, ``{organ}`` and ``{year}`` what they
    say. Types of one ``group`` share a series in that mode. ``apart``: it has a book of its own,
    outside the register of outgoing papers.
    """

    type: str
    name: str
    pattern: str = _USUAL
    group: str = ""
    apart: bool = False


TYPES = (
    TypeRule("QĐ", "Quyết định"),
    TypeRule("TTr", "Tờ trình"),
    TypeRule("BC", "Báo cáo"),
    TypeRule("BB", "Biên bản"),
    TypeRule("GM", "Giấy mời"),
    TypeRule("GCN", "Giấy chứng nhận", apart=True),
    TypeRule("GK", "Giấy khen, bằng khen (số vào sổ khen thưởng)", "{n}", apart=True),
    TypeRule("BN", "Giấy biên nhận", apart=True),
    TypeRule("PTHS", "Phiếu trả hồ sơ", apart=True),
    TypeRule("PTL", "Phiếu trả lời", apart=True),
)
"""The types that papers of this program have (Nghị định 30/2020/NĐ-CP, Phụ lục III, and others)."""
KNOWN = frozenset(one.type for one in TYPES)


@dataclass(frozen=True, slots=True)
class Start:
    """That the first number of a type in a year is ``first``: the ones before stand in a book."""

    year: int
    type: str
    first: int


@dataclass(frozen=True, slots=True)
class Numbering:
    """The office's own numbering: which types are counted together, how numbers are written."""

    mode: Mode = Mode.TYPE
    types: tuple[TypeRule, ...] = TYPES
    starts: tuple[Start, ...] = ()

    def rule(self, kind: str) -> TypeRule:
        """The rule of a type; KeyError where there is none."""
        for one in self.types:
            if one.type == kind:
                return one
        raise KeyError(kind)

    def series(self, kind: str) -> str:
        """The series that a type is counted in; a type that is no longer known has its own."""
        rule = next((one for one in self.types if one.type == kind), None)
        if rule is None or rule.apart or self.mode is Mode.TYPE:
            return kind
        return "*" if self.mode is Mode.SHARED else rule.group or kind

    def first(self, series: str, year: int) -> int:
        """The number that a series begins with in a year."""
        return max(
            (
                one.first
                for one in self.starts
                if one.year == year and self.series(one.type) == series
            ),
            default=1,
        )


def written(rule: TypeRule, count: int, *, symbol: str, organ: str, year: int) -> str:
    """Number and symbol as printed: "05/QĐ-LĐLĐ"; numbers below 10 take a leading nought."""
    said = {"symbol": symbol, "type": rule.type, "organ": organ, "year": str(year)}

    def put(match: "re.Match[str]") -> str:
        if match[1]:
            return f"{count:0{max(2, int(match[2] or 2))}d}"
        return said[match[3]]

    return _PLACES.sub(put, rule.pattern)


def refuse_unusable(numbering: Numbering) -> None:
    """UserError for a pattern that does not say the number, or says what is not known."""
    for rule in numbering.types:
        rest = _PLACES.sub("", rule.pattern)
        counts = sum(match[1] is not None for match in _PLACES.finditer(rule.pattern))
        if counts != 1 or "{" in rest or "}" in rest:
            raise UserError(
                _(
                    "“{pattern}” cannot be the number of {name}. Write {{n}} once, and besides "
                    "{{symbol}}, {{type}}, {{organ}} or {{year}}, such as {{n}}/QĐ-CĐCS."
                ).format(pattern=rule.pattern, name=rule.name),
                code="numbering.pattern",
            )
    for start in numbering.starts:
        if not 1 <= start.first <= 99_999:
            raise UserError(
                _("{first} cannot be the first number. Give one from 1 to 99999.").format(
                    first=start.first
                ),
                code="numbering.first",
            )


def numbering_text(numbering: Numbering) -> str:
    """The numbering as it is kept: what differs from the usual."""
    usual = {one.type: one for one in TYPES}
    return json.dumps(
        {
            "mode": numbering.mode,
            "types": {
                one.type: {"pattern": one.pattern, "group": one.group, "apart": one.apart}
                for one in numbering.types
                if one != usual.get(one.type)
            },
            "starts": [[one.year, one.type, one.first] for one in numbering.starts],
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def numbering_of(kept: Mapping[str, Any] | None) -> Numbering:
    """The numbering that was kept, the usual one where nothing was."""
    if not kept:
        return Numbering()
    own = kept.get("types", {})
    return Numbering(
        Mode(kept.get("mode", Mode.TYPE)),
        tuple(TypeRule(one.type, one.name, **_own(one, own.get(one.type, {}))) for one in TYPES),
        tuple(_starts(kept.get("starts", ()))),
    )


def _own(usual: TypeRule, own: Mapping[str, Any]) -> dict[str, Any]:
    return {name: own.get(name, getattr(usual, name)) for name in ("pattern", "group", "apart")}


def _starts(kept: Sequence[Sequence[Any]]) -> list[Start]:
    return [Start(int(year), str(kind), int(first)) for year, kind, first in kept]
