"""Words that no line end parts: numbers stay with what they number."""

import pytest

from desktop.printing.paper import Paper, Text, plain
from desktop.printing.unparted import unparted
from tests.printing.conftest import Reader


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("điểm a khoản 2 Điều 103", "điểm_a khoản_2 Điều_103"),
        ("ngày 04 tháng 8 năm 2023", "ngày_04 tháng_8 năm_2023"),
        ("ngày …… tháng …… năm ……", "ngày_…… tháng_…… năm_……"),
        ("số 12/QĐ-LĐLĐ (số 13)", "số_12/QĐ-LĐLĐ (số_13)"),
        ("Mục I, Giai đoạn 2, Phụ lục II", "Mục_I, Giai đoạn_2, Phụ lục_II"),
        ("0,75 kW ở 80 °C, 38 tấn", "0,75_kW ở 80_°C, 38_tấn"),
        ("37.500.000 đồng", "37.500.000 đồng"),
        ("năm nay có 15 sáng kiến", "năm nay có 15 sáng kiến"),
        ("Công ty Cổ phần Chè Bản Bo", "Công ty Cổ phần Chè Bản Bo"),
    ],
)
def test_a_number_is_bound_to_its_word_and_a_unit_to_its_figure(text: str, bound: str) -> None:
    assert unparted(text).replace("\xa0", "_") == bound


@pytest.mark.parametrize("letters", range(1, 90, 4))
def test_no_line_of_a_paper_ends_between_them(letters: int, read: Reader) -> None:
    words = Text(
        plain(f"{'a' * letters} tại Điều 1 Quyết định số 12 ngày 04 tháng 8"), indent=False
    )
    (leaf,) = read(Paper("x", "x", (words,)))
    lines = [line.strip() for line in leaf.text.splitlines()]
    assert not any(line.endswith(("Điều", "số", "ngày", "tháng")) for line in lines)
