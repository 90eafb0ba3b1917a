"""The sheet of co-authors: its rows reach their initiative, and none is lost without a word."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from desktop.exchange.reading import read_workbook
from desktop.exchange.rows import Reading
from desktop.vietnamese.dates import PartialDate
from tests.exchange.workbooks import TODAY, by_openpyxl

MAIN = ["Mã hồ sơ", "Tên sáng kiến", "Họ và tên tác giả", "Đồng tác giả (tên – %; …)"]
HEADER = ["Mã hồ sơ", "Tên sáng kiến", "Họ và tên", "Tỷ lệ đóng góp (%)", "Ngày sinh"]


def read(tmp_path: Path, rows: Sequence[Any], others: Sequence[Any]) -> Reading:
    path = by_openpyxl(tmp_path / "x.xlsx", [MAIN, *rows])
    book = openpyxl.load_workbook(path)
    sheet = book.create_sheet("Đồng tác giả")
    for row in others:
        sheet.append(list(row))
    book.save(path)
    return read_workbook(path, today=TODAY)


def test_co_authors_are_found_by_code_else_by_title(tmp_path: Path) -> None:
    rows = [["M1", "Máy tuốt lạc", "Lù Văn Páo"], [None, "Máy gieo ngô", "Lò Thị Én"]]
    others = [HEADER, ["m1", None, "Vàng A Sử", 20, 1990], [None, "MÁY GIEO NGÔ", "Tẩn A Pao", 30]]
    reading = read(tmp_path, rows, others)
    assert reading.problems == ()
    first, second = (row.draft.authors for row in reading.rows)
    assert [(one.name, one.share, one.birth) for one in first[1:]] == [
        ("Vàng A Sử", Decimal(20), PartialDate(1990))
    ]
    assert [one.name for one in second] == ["Lò Thị Én", "Tẩn A Pao"]


def test_cell_and_sheet_tell_of_the_same_people_once(tmp_path: Path) -> None:
    rows = [["M1", "A", "Lù Văn Páo", "Lê Thị Hoà – 20; Lê Thị Hoa – 10; Tẩn A Pao"]]
    others = [HEADER, ["M1", None, "Lê Thị Hòa", None, 1990], ["M1", None, "Chang Sá", 5]]
    authors = read(tmp_path, rows, others).rows[0].draft.authors
    assert [(one.name, one.share) for one in authors[1:]] == [
        ("Lê Thị Hòa", 20),
        ("Lê Thị Hoa", 10),
        ("Tẩn A Pao", None),
        ("Chang Sá", 5),
    ]


def test_contradicting_shares_are_noted(tmp_path: Path) -> None:
    rows = [["M1", "A", "Lù Văn Páo", "Vàng A Sử – 20"]]
    row = read(tmp_path, rows, [HEADER, ["M1", None, "Vàng A Sử", 25]]).rows[0]
    assert row.draft.authors[1].share == 25
    assert len(row.notes) == 1


def test_a_co_author_of_no_initiative_is_a_problem(tmp_path: Path) -> None:
    rows = [["M1", "A", "Lù Văn Páo"], [None, "B", "C"], [None, "B", "D"]]
    others = [HEADER, ["M9", None, "Vàng A Sử", 20], [None, "B", "Tẩn A Pao", 20]]
    reading = read(tmp_path, rows, others)
    assert [(one.row, one.code) for one in reading.problems] == [
        (2, "coauthor.unmatched"),
        (3, "coauthor.several"),
    ]
    assert len(reading.rows) == 3


def test_an_unreadable_co_author_leaves_the_initiative_out(tmp_path: Path) -> None:
    rows = [["M1", "A", "Lù Văn Páo"], ["M2", "B", "Lò Thị Én"]]
    reading = read(tmp_path, rows, [HEADER, ["M2", None, "Vàng A Sử", 20, "hôm qua"]])
    assert [row.draft.code for row in reading.rows] == ["M1"]
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (3, "Đồng tác giả (tên – %; …)")
    assert "Ngày sinh" in problem.message
    assert "2" in problem.message, "the row on the sheet of co-authors"


def test_a_sheet_of_co_authors_without_a_column_of_names_is_a_problem(tmp_path: Path) -> None:
    others = [[], ["Mã hồ sơ", "Người thứ hai"], ["M1", "Vàng A Sử"]]
    reading = read(tmp_path, [["M1", "A", "Lù Văn Páo"]], others)
    assert len(reading.rows) == 1
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (2, "Đồng tác giả")
    assert problem.code == "coauthors.no_names"
    assert "Họ và tên" in problem.message


def test_an_empty_sheet_of_co_authors_is_no_problem(tmp_path: Path) -> None:
    rows = [["M1", "A", "Lù Văn Páo"]]
    assert read(tmp_path, rows, []).problems == read(tmp_path, rows, [HEADER]).problems == ()


@pytest.mark.parametrize(
    "header",
    [
        *("Họ và tên", "Họ và tên tác giả", "Họ và tên đồng tác giả", "Họ tên", "TÊN (*)"),
        *("Tên đồng tác giả", "ĐỒNG TÁC GIẢ", "Họ tên đồng tác giả", "Tác giả"),
    ],
)
def test_the_column_of_names_may_have_any_of_these_headers(tmp_path: Path, header: str) -> None:
    others = [["DANH SÁCH ĐỒNG TÁC GIẢ"], ["Mã hồ sơ", header, "Tỷ lệ"], ["M1", "Vàng A Sử", 20]]
    reading = read(tmp_path, [["M1", "A", "Lù Văn Páo"]], others)
    assert (reading.problems, reading.notes) == ((), ())
    assert [one.name for one in reading.rows[0].draft.authors] == ["Lù Văn Páo", "Vàng A Sử"]


def test_of_two_columns_of_names_that_of_co_authors_counts(tmp_path: Path) -> None:
    others = [["Mã hồ sơ", "Tác giả", "Đồng tác giả"], ["M1", "Lù Văn Páo", "Vàng A Sử"]]
    authors = read(tmp_path, [["M1", "A", "Lù Văn Páo"]], others).rows[0].draft.authors
    assert [one.name for one in authors] == ["Lù Văn Páo", "Vàng A Sử"]


def test_a_code_that_is_a_formula_never_worked_out_is_told(tmp_path: Path) -> None:
    reading = read(tmp_path, [["M1", "A", "B"]], [HEADER, ["=A2", None, "Vàng A Sử", 20]])
    assert [(one.row, one.code) for one in reading.problems] == [(2, "cell.formula")]
