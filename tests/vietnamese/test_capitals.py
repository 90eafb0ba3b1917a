"""Capitals that TCVN3 fonts could not hold."""

import pytest
from hypothesis import given

from desktop.vietnamese.capitals import Kind, repair_capitals
from tests.vietnamese.texts import ANY_TEXT


@pytest.mark.parametrize(
    ("decoded", "meant"),
    [
        ("Kế HOạCH", "KẾ HOẠCH"),
        ("TRUNG TÂM Y Tế", "TRUNG TÂM Y TẾ"),
        ("Hà Nội", "Hà Nội"),
        ("UBND xã Hà Lê", "UBND xã Hà Lê"),
        ("Sở GIÁO DụC Và ĐàO TạO", "SỞ GIÁO DỤC VÀ ĐÀO TẠO"),
        ("HĐND tỉnh, UBND Hà Nội", "HĐND tỉnh, UBND Hà Nội"),
        ("Lê Hà", "Lê Hà"),
        ("Kế hoạch", "Kế hoạch"),
        ("", ""),
    ],
)
def test_words_among_capitals_become_capitals(decoded: str, meant: str) -> None:
    assert repair_capitals(decoded) == meant


def test_a_name_begins_each_word_and_a_title_its_first_with_a_capital() -> None:
    assert repair_capitals("Nguyễn Văn ánh", Kind.NAME) == "Nguyễn Văn Ánh"
    assert repair_capitals("ủy ban nhân dân", Kind.TITLE) == "Ủy ban nhân dân"
    assert repair_capitals("ủy ban nhân dân") == "ủy ban nhân dân"


@given(ANY_TEXT)
def test_only_the_case_of_letters_changes(text: str) -> None:
    for kind in Kind:
        assert repair_capitals(text, kind).casefold() == text.casefold()
