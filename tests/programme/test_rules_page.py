"""The page of rules says what the programme's data says."""

from pathlib import Path

from desktop.programme.definition import Programme
from desktop.programme.verdict import Severity

PAGE = Path(__file__).parents[2] / "docs" / "rules.md"
WEIGHTS = {Severity.BLOCK: "blocks", Severity.WARN: "warns", Severity.INFO: "informs"}


def rows() -> dict[str, list[str]]:
    """The cells of each table row, by its first cell."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
    return {row[0]: row[1:] for row in cells if row}


def test_every_rule_stands_on_the_page_with_weight_clause_and_test(programme: Programme) -> None:
    page = rows()
    for rule in programme.rules_of("eligibility"):
        weight, clause, test, text = page[rule.id]
        assert weight == WEIGHTS[rule.severity]
        assert programme.cites[rule.id].startswith(clause)
        assert test == f"`{rule.test}`"
        assert text


def test_the_page_has_no_rule_that_the_programme_lacks(programme: Programme) -> None:
    assert {name for name in rows() if name.startswith("DK-")} == {
        rule.id for rule in programme.rules_of("eligibility")
    }


def test_every_contradiction_stands_on_the_page(programme: Programme) -> None:
    assert {name for name in rows() if name.startswith("MT-")} == {
        one.id for one in programme.contradictions
    }
