"""Names of organs wrap where such names are broken, in balance."""

import pytest

from desktop.printing.official import balanced
from desktop.printing.typeface import Family

ROOM = 66 * 72 / 25.4


@pytest.mark.parametrize(
    "lines",
    [
        ["LIÊN ĐOÀN LAO ĐỘNG", "TỈNH LAI CHÂU"],
        ["LIÊN ĐOÀN LAO ĐỘNG", "HUYỆN TAM ĐƯỜNG"],
        ["LIÊN ĐOÀN LAO ĐỘNG", "THÀNH PHỐ HỒ CHÍ MINH"],
        ["TỔNG LIÊN ĐOÀN LAO ĐỘNG", "VIỆT NAM"],
        ["CÔNG ĐOÀN CƠ SỞ", "CÔNG TY CỔ PHẦN", "CHÈ BẢN BO"],
        ["CÔNG ĐOÀN CƠ SỞ", "TRƯỜNG PTDTBT", "TIỂU HỌC SÀ DỀ PHÌN"],
        ["CÔNG ĐOÀN CƠ SỞ", "TRUNG TÂM Y TẾ", "HUYỆN PHONG THỔ"],
        ["CÔNG ĐOÀN CÁC", "KHU CÔNG NGHIỆP", "TỈNH LAI CHÂU"],
        ["CÔNG ĐOÀN NGÀNH Y TẾ"],
        ["HỢP TÁC XÃ", "DƯỢC LIỆU SÌ LỞ LẦU"],
    ],
)
def test_organs_break_as_offices_break_them(lines: list[str], family: Family) -> None:
    assert balanced(" ".join(lines), family.bold, 12, ROOM) == lines


def test_a_name_of_one_endless_word_still_fits(family: Family) -> None:
    lines = balanced("X" * 300, family.bold, 12, ROOM)
    assert "".join(lines) == "X" * 300
    assert all(family.bold.widths[line] * 12 <= ROOM + 0.01 for line in lines)


def test_a_name_of_many_words_is_broken_at_once(family: Family) -> None:
    name = " ".join(["LAO"] * 500)
    assert " ".join(balanced(name, family.bold, 12, ROOM)) == name
