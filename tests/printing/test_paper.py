"""The vocabulary of papers: kept and had back, and nothing else accepted."""

import json

import pytest

from desktop.printing import papers
from desktop.printing.paper import Gap, Paper, Row, RowKind, Table, as_json, from_json
from desktop.printing.papers import Material


@pytest.mark.parametrize("key", [kind.key for kind in papers.PAPERS])
def test_every_paper_comes_back_equal_from_json(key: str, material: Material) -> None:
    for paper in papers.kind(key).build(material):
        assert from_json(json.loads(json.dumps(as_json(paper)))) == paper


def test_a_kind_of_row_comes_back_as_a_kind_of_row() -> None:
    paper = Paper("x", "x", (Table((), (Row(("a",), RowKind.TOTAL),)),))
    table = from_json(json.loads(json.dumps(as_json(paper)))).blocks[0]
    assert isinstance(table, Table)
    assert table.rows[0].kind is RowKind.TOTAL


@pytest.mark.parametrize(
    "kept",
    [
        {},
        {"block": "Gap", "height": 1.0},
        {"block": "Paper", "key": "x", "title": "x", "blocks": [{"block": "Picture"}]},
        {"block": "Paper", "key": "x", "title": "x", "blocks": [], "colour": "red"},
        {"block": "Paper", "key": "x", "title": "x", "blocks": [], "orientation": "round"},
    ],
)
def test_what_is_no_paper_is_refused(kept: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        from_json(kept)


def test_blocks_are_values() -> None:
    assert Gap(3) == Gap(3)
    with pytest.raises(AttributeError):
        Gap(3).height = 4  # type: ignore[misc]  # that is what is tried
