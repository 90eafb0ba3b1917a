"""The user guide prints every clause of the guideline, from the data, and is up to date."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.programme.definition import Programme
from desktop.programme.rules_table import markdown, places
from tools.rules_table import END, START

GUIDE = Path(__file__).parents[2] / "docs" / "huong-dan.md"
GUIDELINE = "46/HD-TLĐ"
CLAUSES = [
    *(f"I.1.{n}" for n in range(1, 8)),
    *(f"I.2.{n}" for n in range(1, 5)),
    *(f"I.3 gạch {n}" for n in range(1, 5)),
    *(f"II.{n}" for n in range(1, 4)),
    *(f"III.{n}" for n in range(1, 7)),
    *("IV đoạn đầu", "IV gạch 1", "IV gạch 2"),
    *(f"V.1 gạch {n}" for n in range(1, 4)),
    *("V.2", "V.3"),
]
"""Sections I to V of the guideline, clause by clause."""


def table() -> str:
    text = GUIDE.read_text(encoding="utf-8")
    return text.split(START)[1].split(END)[0]


def cells() -> list[list[str]]:
    lines = [line for line in table().splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines]


def cited(cell: str, programme: Programme) -> Iterator[str]:
    """The clauses of the guideline in a cell; a part without a number belongs to the one before."""
    numbers = [one.number for one in programme.documents]
    of = ""
    for part in cell.split("; "):
        of = next((one for one in numbers if part.startswith(one)), of)
        if of == GUIDELINE:
            yield part.removeprefix(GUIDELINE).strip()


@pytest.mark.usefixtures("in_vietnamese")
def test_the_guide_says_what_the_data_say(programme: Programme) -> None:
    assert table().strip() == markdown(programme).strip(), "run tools/rules_table.py"


def test_every_clause_of_sections_one_to_five_stands_in_the_guide(programme: Programme) -> None:
    found = {clause for row in cells() for clause in cited(row[1], programme)}
    assert [clause for clause in CLAUSES if clause not in found] == []


def test_every_rule_stands_in_the_guide_with_its_clauses_and_what_is_looked_at(
    programme: Programme,
) -> None:
    rows = {row[0]: row[1:] for row in cells()}
    assert len(programme.rules) == 40
    for rule in programme.rules:
        clauses, text, looked_at, weight = rows[rule.id]
        assert clauses == "; ".join(places(programme, rule))
        assert rule.title in text
        assert rule.quote in text
        assert looked_at == rule.data != ""
        assert weight in ("Bắt buộc", "Cảnh báo", "Thông tin")


@pytest.mark.usefixtures("in_english")
def test_a_bar_in_a_text_does_not_break_the_table(programmes: dict[str, Programme]) -> None:
    for programme in programmes.values():
        for line in markdown(programme).splitlines():
            if line.startswith("|"):
                assert line.replace(r"\|", "").count("|") in (4, 6)
