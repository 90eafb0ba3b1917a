"""Formulas that no spreadsheet has worked out are told; results, blank ones too, are read."""

from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.exchange.preflight import check_workbook
from desktop.exchange.reading import read_workbook
from desktop.exchange.rows import Reading
from tests.exchange.office import convert
from tests.exchange.workbooks import TITLE_CELL, TODAY, by_openpyxl, sheet_xml, with_sheet

HEAD = "".join(
    TITLE_CELL.format(at=at, text=text)
    for at, text in (("A1", "Tên sáng kiến"), ("B1", "Giá trị làm lợi kê khai (đồng)"))
)
NAMED = TITLE_CELL.format(at="A2", text="Máy tuốt lạc")


def read_cell(tmp_path: Path, cell: str) -> Reading:
    """A workbook with one initiative and this cell, by hand, as its benefit."""
    rows = f'<row r="1">{HEAD}</row><row r="2">{NAMED}{cell}</row>'
    return read_workbook(with_sheet(tmp_path / "x.xlsx", sheet_xml(rows)), today=TODAY)


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2"><f>1000000*12</f></c>',
        '<c r="B2"><f>1000000*12</f><v/></c>',
        '<c r="B2"><f>1000000*12</f><v></v>\n </c>',
        '<c><f t="shared" si="0"/></c>',
        '<c r="B2"><f t="shared" si="0"/><v> </v></c>',
        '<c r="B2" t="str"><f>A1</f></c>',
        '<c r="B2"><f t="array" ref="B2:B2">A1*2</f></c>',
    ],
)
def test_a_formula_without_a_value_is_a_problem_of_its_row(tmp_path: Path, cell: str) -> None:
    reading = read_cell(tmp_path, cell)
    assert (reading.rows, reading.read) == ((), 1)
    (problem,) = reading.problems
    assert (problem.row, problem.code) == (2, "cell.formula")
    assert "Excel" in problem.message


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ('<c r="B2"><f>1000000*12</f><v>12000000</v></c>', 12_000_000),
        ('<c r="B2"><f t="shared" si="0"/><v>12000000</v></c>', 12_000_000),
        ('<c r="B2" t="str"><f>IF(A1="","",A1)</f><v></v></c>', None),
        ('<c r="B2"><v></v></c>', None),
        ('<c r="B2"/>', None),
    ],
)
def test_results_of_formulas_are_read_and_blank_cells_are_blank(
    tmp_path: Path, cell: str, expected: int | None
) -> None:
    reading = read_cell(tmp_path, cell)
    assert reading.problems == ()
    assert reading.rows[0].draft.benefit == expected


def test_formulas_right_of_and_below_all_values_are_found(tmp_path: Path) -> None:
    rows = [["Tên sáng kiến", "Người ký", "STT"], ["A"], ["B", "=A1"], [], ["=A1", None, "=1"]]
    reading = read_workbook(by_openpyxl(tmp_path / "x.xlsx", rows), today=TODAY)
    assert [row.draft.title for row in reading.rows] == ["A"]
    found = [(one.row, one.column, one.code) for one in reading.problems]
    assert found == [(3, "Người ký", "cell.formula"), (5, "Tên sáng kiến", "cell.formula")]


def test_formulas_in_columns_that_are_not_read_do_no_harm(tmp_path: Path) -> None:
    rows = [["STT", "Tên sáng kiến"], ["=ROW()-1", "A"], ["=ROW()-1", None]]
    reading = read_workbook(by_openpyxl(tmp_path / "x.xlsx", rows), today=TODAY)
    assert [row.draft.title for row in reading.rows] == ["A"]
    assert reading.problems == ()


def test_a_workbook_that_an_office_program_has_saved_has_the_results(tmp_path: Path) -> None:
    header = ["Tên sáng kiến", "Giá trị làm lợi kê khai (đồng)", "Người ký"]
    path = by_openpyxl(tmp_path / "x.xlsx", [header, ["A", "=1000000*12", '=IF(A2="A","","B")']])
    (tmp_path / "saved").mkdir()
    reading = read_workbook(convert(path, "xlsx", tmp_path / "saved"), today=TODAY)
    assert reading.problems == ()
    assert reading.rows[0].draft.benefit == 12_000_000
    assert reading.rows[0].draft.decision is None


def test_a_formula_far_outside_the_table_is_refused_like_a_value(tmp_path: Path) -> None:
    rows = f'<row r="1">{HEAD}</row><row r="1048576"><c r="XFD1048576"><f>1</f></c></row>'
    with pytest.raises(UserError) as caught:
        check_workbook(with_sheet(tmp_path / "x.xlsx", sheet_xml(rows)))
    assert caught.value.code == "workbook-far-cell"
