"""Money and shares as clerks type them."""

from decimal import Decimal, InvalidOperation

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vn_money import format_vnd

from desktop.vietnamese.money import (
    LARGEST,
    MoneyUnit,
    format_money,
    format_share,
    parse_money,
    parse_number,
    parse_share,
    read_money,
    unit_in_header,
)
from desktop.vietnamese.unreadable import Unreadable
from tests.vietnamese.texts import ANY_TEXT

MILLION = MoneyUnit.MILLION


@pytest.mark.parametrize(
    ("typed", "dong", "warnings"),
    [
        ("37.500.000", 37_500_000, ()),
        ("37 500 000", 37_500_000, ()),
        ("37500000", 37_500_000, ()),
        ("37,5 triệu", 37_500_000, ()),
        ("37.5tr", 37_500_000, ()),
        ("37,5 trđ", 37_500_000, ()),
        ("37,5 Triệu đồng.", 37_500_000, ()),
        ("1,2 tỷ", 1_200_000_000, ()),
        ("1,2 tỉ đồng", 1_200_000_000, ()),
        ("1 tỷ 200 triệu", 1_200_000_000, ()),
        ("1 tỷ 200 triệu 500 nghìn đồng", 1_200_500_000, ()),
        ("120.000.000đ", 120_000_000, ()),
        ("120.000.000 ₫", 120_000_000, ()),
        ("120.000.000 VNĐ", 120_000_000, ()),
        ("500 đồng", 500, ()),
        ("37,5 triệu đồng/năm", 37_500_000, ()),
        ("37.500.000 đ / 01 năm", 37_500_000, ()),
        ("50k", 50_000, ()),
        ("0", 0, ()),
        ("37.500.000,00", 37_500_000, ()),
        ("37,500,000", 37_500_000, ("money.english_grouping",)),
        ("37,500", 37_500, ("money.english_grouping",)),
        ("37,500 triệu", 37_500_000, ("money.three_decimals",)),
        ("1.200 triệu", 1_200_000_000, ()),
    ],
)
def test_an_amount_is_read(typed: str, dong: int, warnings: tuple[str, ...]) -> None:
    read = read_money(typed)
    assert (read.value, read.warnings) == (dong, warnings)
    assert parse_money(typed) == dong


@pytest.mark.parametrize(
    ("typed", "unit", "dong", "warnings"),
    [
        ("37,5", MILLION, 37_500_000, ()),
        ("37", MoneyUnit.THOUSAND, 37_000, ()),
        ("1,5", MoneyUnit.BILLION, 1_500_000_000, ()),
        ("37.500.000 đ", MILLION, 37_500_000, ("money.unit_in_cell",)),
        ("37,5 triệu", MILLION, 37_500_000, ()),
    ],
)
def test_a_bare_number_counts_in_the_unit_of_its_column(
    typed: str, unit: MoneyUnit, dong: int, warnings: tuple[str, ...]
) -> None:
    read = read_money(typed, unit=unit)
    assert (read.value, read.warnings) == (dong, warnings)


@pytest.mark.parametrize(
    ("typed", "unit", "code"),
    [
        ("", MoneyUnit.DONG, "money.empty"),
        ("500", MoneyUnit.DONG, "money.ambiguous_unit"),
        ("37,5", MoneyUnit.DONG, "money.ambiguous_unit"),
        ("37.500.000", MILLION, "money.ambiguous_unit"),
        ("không quy đổi", MoneyUnit.DONG, "money.unreadable"),
        ("12 34", MoneyUnit.DONG, "money.unreadable"),
        ("3 triệu 5", MoneyUnit.DONG, "money.unreadable"),
        ("3 triệu 2 tỷ", MoneyUnit.DONG, "money.unreadable"),
        ("5 đô la", MoneyUnit.DONG, "money.unreadable"),
        ("5 triệu/tháng", MoneyUnit.DONG, "money.unreadable"),
        ("1.23.4", MoneyUnit.DONG, "money.ambiguous_separator"),
        ("-5 triệu", MoneyUnit.DONG, "money.negative"),
        ("(5.000.000)", MoneyUnit.DONG, "money.negative"),
        ("12.345,5 đồng", MoneyUnit.DONG, "money.fraction"),
        ("2.000.000 tỷ", MoneyUnit.DONG, "money.too_large"),
    ],
)
def test_what_is_no_amount_is_refused(typed: str, unit: MoneyUnit, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_money(typed, unit=unit)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Giá trị làm lợi (triệu đồng)", MILLION),
        ("Giá trị làm lợi\n(đồng)", MoneyUnit.DONG),
        ("Số tiền (Trđ)", MILLION),
        ("ĐVT: nghìn đồng", MoneyUnit.THOUSAND),
        ("Kinh phí (1.000đ)", MoneyUnit.THOUSAND),
        ("Tổng giá trị, tỷ đồng", MoneyUnit.BILLION),
        ("Số tiền VNĐ", MoneyUnit.DONG),
        ("Giá trị làm lợi", None),
        ("Tỷ lệ đóng góp (%)", None),
    ],
)
def test_the_head_of_a_column_names_its_unit(header: str, unit: MoneyUnit | None) -> None:
    assert unit_in_header(header) is unit


@given(st.integers(10_000, LARGEST))
def test_an_amount_is_written_as_vn_money_groups_it_and_read_back(dong: int) -> None:
    written = format_money(dong)
    assert format_vnd(dong).replace("\u00a0₫", "") == written
    assert parse_money(written) == dong


def test_a_negative_amount_keeps_its_sign() -> None:
    assert format_money(-1_500) == "-1.500"


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("104300000", 104_300_000),
        ("104.300.000", 104_300_000),
        ("-5", -5),
        ("1.234,50", Decimal("1234.50")),
        ("-0,5", Decimal("-0.5")),
    ],
)
def test_a_bare_number_is_read(typed: str, number: int | Decimal) -> None:
    assert parse_number(typed) == number
    assert type(parse_number(typed)) is type(number)


@pytest.mark.parametrize(
    ("typed", "code"), [("", "empty"), ("1.2.3", "unreadable"), ("x", "unreadable")]
)
def test_what_is_no_number_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_number(typed)
    assert caught.value.code == f"number.{code}"


@pytest.mark.parametrize(
    ("typed", "share", "shown"),
    [
        ("33,3", "33.3", "33,3"),
        ("33.3 %", "33.3", "33,3"),
        ("100%", "100", "100"),
        ("50,00", "50", "50"),
        ("0,5", "0.5", "0,5"),
    ],
)
def test_a_share_is_read_and_shown(typed: str, share: str, shown: str) -> None:
    assert parse_share(typed) == Decimal(share)
    assert format_share(parse_share(typed)) == shown


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "empty"), ("%", "empty"), ("abc", "unreadable"), ("0", "range"), ("100,1", "range")],
)
def test_what_is_no_share_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_share(typed)
    assert caught.value.code == f"share.{code}"


def test_what_is_no_number_is_never_shown_as_a_share() -> None:
    with pytest.raises(InvalidOperation):
        format_share(Decimal("NaN"))


@given(ANY_TEXT, st.sampled_from(MoneyUnit))
def test_any_text_is_an_amount_or_unreadable(text: str, unit: MoneyUnit) -> None:
    refused: list[str] = []
    for parse in (lambda typed: parse_money(typed, unit=unit), parse_share, parse_number):
        try:
            parse(text)
        except Unreadable as error:
            refused.append(error.text)
    assert set(refused) <= {text}
    unit_in_header(text)
