"""The report to the superior: its figures, what is left to be written, and its annex."""

from dataclasses import replace

import pytest

from desktop.models.dossiers import ResultFigures, StandingLine
from desktop.printing.paper import LabelledLine, RowKind, Table
from desktop.printing.papers import Material, kind
from tests.printing.conftest import Reader


def said(material: Material, read: Reader) -> str:
    return " ".join(
        " ".join(leaf.text for leaf in read(*kind("progress-report").build(material))).split()
    )


def test_the_report_says_the_figures(material: Material, read: Reader) -> None:
    text = said(material, read)
    assert "Chỉ tiêu được giao: 505 sáng kiến. Đã cập nhật 463 sáng kiến" in text
    assert "đạt 91,7% chỉ tiêu" in text
    worth = "2.184.300.000 đồng (Bằng chữ: Hai tỷ một trăm tám mươi tư triệu ba trăm nghìn đồng)"
    assert f"của 431 sáng kiến hợp lệ: {worth}; 49 sáng kiến không quy đổi" in text
    assert "(463 sáng kiến đã cập nhật): 2.274.300.000 đồng; 55 sáng kiến không quy đổi" in text
    assert "tính đến ngày 31 tháng 7 năm 2023" in text
    assert "tỷ lệ tham gia" not in text


def test_a_share_of_people_is_said_where_their_number_is_known(
    material: Material, figures: ResultFigures, read: Reader
) -> None:
    known = replace(figures, whole=replace(figures.whole, headcount=4000))
    assert "trên tổng số 4.000 người, tỷ lệ tham gia 8,0%" in said(
        replace(material, figures=known), read
    )


@pytest.mark.parametrize(("counted", "share"), [("entered", "101,9%"), ("eligible", "94,7%")])
def test_the_target_is_measured_by_what_the_programme_counts(
    material: Material, figures: ResultFigures, counted: str, share: str
) -> None:
    measured = replace(material, figures=replace(figures, percent_of=counted))
    _report, annex = kind("progress-report").build(measured)
    (table,) = [block for block in annex.blocks if isinstance(block, Table)]
    assert table.rows[0].cells[7] == share


def test_the_annex_has_a_line_for_each_unit_and_the_whole_below(material: Material) -> None:
    _report, annex = kind("progress-report").build(material)
    (table,) = [block for block in annex.blocks if isinstance(block, Table)]
    assert sum(column.width for column in table.columns) == 247
    assert table.unit == "ĐVT: Sáng kiến"
    assert table.rows[2].cells == (
        *("3", "Công đoàn ngành Y tế", "……", "61", "60", "1", "0", "……", "44/……", "……"),
        "104.300.000",
    )
    assert table.rows[-1].kind is RowKind.TOTAL
    assert sum(table.rows[-1].spans) == len(table.columns)


def test_money_that_cannot_be_counted_is_no_nought(
    material: Material, figures: ResultFigures, read: Reader
) -> None:
    bare = StandingLine("CĐ ngành Giáo dục", 115, 6, 4, eligible_unconverted=4, unconverted=6)
    given = replace(material, figures=replace(figures, whole=bare, units=(bare,)))
    _report, annex = kind("progress-report").build(given)
    (table,) = [block for block in annex.blocks if isinstance(block, Table)]
    assert [row.cells[-1] for row in table.rows] == ["Không quy đổi"] * 2
    text = said(given, read)
    assert "của 04 sáng kiến hợp lệ: không quy đổi được thành tiền." in text
    assert " 0 đồng" not in text


def test_what_only_people_can_write_is_left_to_be_written(material: Material, read: Reader) -> None:
    report, _annex = kind("progress-report").build(material)
    open_points = [one for one in report.blocks if isinstance(one, LabelledLine)]
    assert len(open_points) == 6
    assert not any(point.value for point in open_points)
    text = said(material, read)
    for part in ("I. CÔNG TÁC", "II. KẾT QUẢ", "III. HẠN CHẾ", "IV. PHƯƠNG HƯỚNG"):
        assert part in text


def test_the_annex_is_numbered_again(material: Material, read: Reader) -> None:
    leaves = read(*kind("progress-report").build(material))
    assert leaves[-1].text.strip().startswith("TỔNG LIÊN ĐOÀN")
    assert leaves[1].text.strip().startswith("2")
