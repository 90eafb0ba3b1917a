"""Identity and telephone numbers. The numbers are made up."""

import pytest
from hypothesis import given

from desktop.vietnamese.identity import (
    Gender,
    identity_facts,
    mask_identity,
    mask_phone,
    parse_identity,
    parse_phone,
    read_identity,
    read_phone,
    show_identity,
    show_phone,
)
from desktop.vietnamese.provinces import PROVINCES
from desktop.vietnamese.unreadable import Unreadable
from tests.vietnamese.texts import ANY_TEXT

NUMBER = "012186000123"


@pytest.mark.parametrize(
    ("typed", "digits", "warnings"),
    [
        (NUMBER, NUMBER, ()),
        ("012 186 000 123", NUMBER, ()),
        ("'012.186.000.123", NUMBER, ()),
        ("12186000123", NUMBER, ("identity.lost_zero",)),
        ("12186000123.0", NUMBER, ("identity.lost_zero",)),
        ("045000123", "045000123", ("identity.old_card",)),
        ("45000123", "045000123", ("identity.lost_zero", "identity.old_card")),
        ("003186000123", "003186000123", ("identity.province",)),
        ("126186000123", "126186000123", ()),
    ],
)
def test_an_identity_number_is_read(typed: str, digits: str, warnings: tuple[str, ...]) -> None:
    read = read_identity(typed)
    assert (read.value, read.warnings) == (digits, warnings)
    assert parse_identity(typed) == digits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "identity.empty"),
        (" ", "identity.empty"),
        ("1.2186E+10", "identity.rounded"),
        ("CCCD", "identity.unreadable"),
        ("0121860001234", "identity.length"),
        ("1234567", "identity.length"),
    ],
)
def test_what_is_no_identity_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_identity(typed)
    assert (caught.value.code, caught.value.text) == (code, typed)


def test_a_number_that_contradicts_what_is_known_is_doubted() -> None:
    read = read_identity(NUMBER, gender=Gender.MAN, birth_year=1990)
    assert read.warnings == ("identity.gender", "identity.birth_year")
    assert read_identity(NUMBER, gender=Gender.WOMAN, birth_year=1986).warnings == ()


def test_a_number_says_province_gender_and_year() -> None:
    facts = identity_facts(NUMBER)
    assert (facts.province, facts.gender, facts.birth_year) == ("Lai Châu", Gender.WOMAN, 1986)
    assert identity_facts("079205000123").birth_year == 2005
    assert identity_facts("126405000123").province == ""
    with pytest.raises(ValueError, match="12"):
        identity_facts("045000123")


def test_there_are_63_codes_and_34_provinces_since_july_2025() -> None:
    assert len(PROVINCES) == 63
    assert len({now for _, now in PROVINCES.values()}) == 34


def test_an_identity_number_is_shown_and_masked() -> None:
    assert show_identity(NUMBER) == "012 186 000 123"
    assert mask_identity(NUMBER) == "012•••••0123"
    assert mask_identity("045000123") == "045•••123"
    assert mask_identity("12345") == "•••••"


@pytest.mark.parametrize(
    ("typed", "digits", "warnings"),
    [
        ("0900.000123", "0900000123", ()),
        ("+84 900 000 123", "0900000123", ()),
        ("(+84)900000123", "0900000123", ()),
        ("84900000123", "0900000123", ()),
        ("+840900000123", "0900000123", ()),
        ("0084 900 000 123", "0900000123", ()),
        ("ĐT: 0900 000 123", "0900000123", ()),
        ("900000123", "0900000123", ("phone.lost_zero",)),
        ("01650000123", "0350000123", ("phone.old_prefix",)),
        ("1650000123", "0350000123", ("phone.lost_zero", "phone.old_prefix")),
        ("0213 3000 123", "02133000123", ()),
        ("(0213) 3000123", "02133000123", ()),
        ("024-3000 0123", "02430000123", ()),
    ],
)
def test_a_telephone_number_is_read(typed: str, digits: str, warnings: tuple[str, ...]) -> None:
    read = read_phone(typed)
    assert (read.value, read.warnings) == (digits, warnings)
    assert parse_phone(typed) == digits


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "phone.empty"),
        ("không có", "phone.unreadable"),
        ("0900000123/0900000124", "phone.several"),
        ("0900.000.123 - 0900.000.124", "phone.several"),
        ("09000", "phone.length"),
        ("12", "phone.length"),
        ("09000001234", "phone.length"),
        ("0213300012", "phone.length"),
        ("0400000123", "phone.prefix"),
    ],
)
def test_what_is_no_telephone_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_phone(typed)
    assert caught.value.code == code


def test_a_telephone_number_is_shown_and_masked() -> None:
    assert show_phone("0900000123") == "0900 000 123"
    assert show_phone("02133000123") == "0213 300 0123"
    assert show_phone("02430000123") == "024 3000 0123"
    assert mask_phone("0900000123") == "0900•••123"
    assert mask_phone("09") == "••"


@given(ANY_TEXT)
def test_any_text_is_a_number_or_unreadable(text: str) -> None:
    refused: list[str] = []
    for parse in (parse_identity, parse_phone):
        try:
            assert parse(text).isascii()
        except Unreadable as error:
            refused.append(error.text)
    assert set(refused) <= {text}
