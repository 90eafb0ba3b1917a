"""Names: capitals and parts."""

import pytest
from hypothesis import given

from desktop.vietnamese.names import family_name, given_name, middle_name, tidy_name, title_case
from tests.vietnamese.texts import ANY_TEXT


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("NGUYỄN VĂN ÁNH", "Nguyễn Văn Ánh"),
        ("vàng a sử", "Vàng A Sử"),
        ("H'HEN NIÊ", "H'Hen Niê"),
        ("H’ Hen Niê", "H'Hen Niê"),
        ("Y MOAN", "Y Moan"),
        ("trần-lê thị hoa", "Trần-Lê Thị Hoa"),
        ("Vàng A Sử", "Vàng A Sử"),
        ("Nguyễn văn An", "Nguyễn văn An"),
        (" Lò  Thị\u00a0Ân. ", "Lò Thị Ân"),
        ("", ""),
    ],
)
def test_a_name_is_tidied(typed: str, name: str) -> None:
    assert tidy_name(typed) == name


def test_a_title_before_a_name_is_dropped_where_asked_for() -> None:
    assert tidy_name("ThS. Lê Thị Hoa", drop_title=True) == "Lê Thị Hoa"
    assert tidy_name("BÀ LÊ THỊ HOA", drop_title=True) == "Lê Thị Hoa"
    assert tidy_name("Ông Ích Khiêm") == "Ông Ích Khiêm"
    assert tidy_name("Bàn Thị Hoa", drop_title=True) == "Bàn Thị Hoa"


def test_mixed_case_is_never_touched() -> None:
    assert title_case("Lê thị HOA") == "Lê thị HOA"


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Thị Thu Ân", ("Nguyễn", "Thị Thu", "Ân")),
        ("Vàng A Sử", ("Vàng", "A", "Sử")),
        ("Lò Ân", ("Lò", "", "Ân")),
        ("Páo", ("", "", "Páo")),
        ("", ("", "", "")),
    ],
)
def test_a_name_has_parts(name: str, parts: tuple[str, str, str]) -> None:
    assert (family_name(name), middle_name(name), given_name(name)) == parts


@given(ANY_TEXT)
def test_any_text_is_tidied_and_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy_name(tidy_name(text)) == tidy_name(text)
    given_name(text)
