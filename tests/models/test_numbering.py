"""How an office numbers its papers: patterns, series, first numbers."""

import json
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models.numbering import (
    TYPES,
    Mode,
    Numbering,
    Start,
    TypeRule,
    numbering_of,
    numbering_text,
    refuse_unusable,
    written,
)


def say(pattern: str, count: int) -> str:
    rule = TypeRule("QĐ", "Quyết định", pattern)
    return written(rule, count, symbol="QĐ-LĐLĐ", organ="LĐLĐ", year=2026)


@pytest.mark.parametrize(
    ("pattern", "count", "number"),
    [
        ("{n}/{symbol}", 5, "05/QĐ-LĐLĐ"),
        ("{n}/{symbol}", 123, "123/QĐ-LĐLĐ"),
        ("{n:02d}/QĐ-CĐCS", 9, "09/QĐ-CĐCS"),
        ("{n:03d}/{year}/{type}-{organ}", 7, "007/2026/QĐ-LĐLĐ"),
        ("{n}", 4, "04"),
    ],
)
def test_a_number_is_written_as_the_pattern_says_with_a_leading_nought(
    pattern: str, count: int, number: str
) -> None:
    assert say(pattern, count) == number


@pytest.mark.parametrize("pattern", ["QĐ-CĐCS", "{n}/{n}", "{n}/{other}", "{n.__class__}", "{", ""])
def test_a_pattern_that_says_no_number_is_refused(pattern: str) -> None:
    with pytest.raises(UserError) as caught:
        refuse_unusable(Numbering(types=(TypeRule("QĐ", "Quyết định", pattern),)))
    assert caught.value.code == "numbering.pattern"


@pytest.mark.parametrize("first", [0, -1, 100_000])
def test_a_first_number_that_cannot_be_one_is_refused(first: int) -> None:
    with pytest.raises(UserError) as caught:
        refuse_unusable(Numbering(starts=(Start(2026, "QĐ", first),)))
    assert caught.value.code == "numbering.first"


def test_types_are_counted_alone_together_or_in_groups() -> None:
    grouped = tuple(
        TypeRule(one.type, one.name, group="Hành chính" if one.type in {"BC", "TTr"} else "")
        for one in TYPES
    )
    series = {mode: Numbering(mode, grouped).series for mode in Mode}
    assert [series[Mode.TYPE](kind) for kind in ("QĐ", "BC", "TTr")] == ["QĐ", "BC", "TTr"]
    assert {series[Mode.SHARED](kind) for kind in ("QĐ", "BC", "TTr")} == {"*"}
    assert series[Mode.GROUPS]("BC") == series[Mode.GROUPS]("TTr") != series[Mode.GROUPS]("QĐ")


def test_certificates_have_a_book_of_their_own_also_in_a_shared_series() -> None:
    assert Numbering(Mode.SHARED).series("GCN") == "GCN"


def test_a_series_begins_with_its_first_number_in_that_year_alone() -> None:
    numbering = Numbering(Mode.SHARED, starts=(Start(2026, "QĐ", 15), Start(2026, "BC", 40)))
    assert (numbering.first("*", 2026), numbering.first("*", 2027)) == (40, 1)


@pytest.mark.parametrize(
    "numbering",
    [
        Numbering(),
        Numbering(Mode.GROUPS, starts=(Start(2026, "QĐ", 15),)),
        Numbering(types=(TypeRule("QĐ", "Quyết định", "{n}/QĐ-CĐCS", "A", apart=True), *TYPES[1:])),
    ],
)
def test_a_numbering_is_read_back_as_it_was_kept(numbering: Numbering) -> None:
    kept: Any = json.loads(numbering_text(numbering))
    assert numbering_of(kept) == numbering
