"""Dates and moments as clerks type them and as papers write them."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.vietnamese.dates import (
    VIETNAM,
    Moment,
    PartialDate,
    Precision,
    official_date,
    parse_birth,
    parse_date,
    parse_moment,
    read_birth,
    read_date,
    short_date,
)
from desktop.vietnamese.unreadable import Unreadable
from tests.vietnamese.texts import ANY_TEXT

ON = date(2022, 5, 31)
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("01/9/2021", "2021-09-01"),
        ("1-9-2021", "2021-09-01"),
        ("01.09.2021", "2021-09-01"),
        ("1 / 9 / 2021", "2021-09-01"),
        ("01 09 2021", "2021-09-01"),
        ("01/09/2021 00:00:00", "2021-09-01"),
        ("01/09/2021 12:00:00 AM", "2021-09-01"),
        ("01/09/2021 12:00 SA", "2021-09-01"),
        ("2021-09-01", "2021-09-01"),
        ("2021-09-01 00:00:00", "2021-09-01"),
        ("ngày 01 tháng 9 năm 2021", "2021-09-01"),
        ("Ngày 1 tháng 9, năm 2021.", "2021-09-01"),
        ("NGÀY 01/9/2021", "2021-09-01"),
        ("29/2/2024", "2024-02-29"),
        ("9/2021", "2021-09"),
        ("tháng 9/2021", "2021-09"),
        ("tháng 9 năm 2021", "2021-09"),
        ("2021", "2021"),
        ("năm 2021", "2021"),
    ],
)
def test_a_date_is_read_to_the_day_month_or_year(typed: str, iso: str) -> None:
    assert read_date(typed).value.isoformat() == iso
    assert read_date(typed).warnings == ()


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date.empty"),
        ("  ", "date.empty"),
        ("hôm nay", "date.unreadable"),
        ("12", "date.unreadable"),
        ("ngày 5 năm 2021", "date.unreadable"),
        ("99999", "date.unreadable"),
        ("30/02/2022", "date.day"),
        ("31/4/2022", "date.day"),
        ("29/2/2022", "date.day"),
        ("0/4/2022", "date.day"),
        ("13/2022", "date.month"),
        ("45/13/2022", "date.month"),
        ("08/25/2021", "date.month_day_swapped"),
        ("1/1/0201", "date.year"),
        ("3000", "date.year"),
    ],
)
def test_what_is_no_date_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_date(typed)
    assert (caught.value.code, caught.value.text) == (code, typed)


def test_a_short_year_and_a_day_count_are_guesses() -> None:
    assert read_date("1/9/21") == read_date("1/9/2021").__class__(
        PartialDate(2021, 9, 1), ("date.short_year",)
    )
    assert parse_date("1/9/85") == PartialDate(1985, 9, 1)
    assert parse_date("1/9/21", newest_short_year=2008) == PartialDate(1921, 9, 1)
    assert read_date("44440").value == PartialDate(2021, 9, 1)
    assert read_date("44440").warnings == ("date.serial",)


@pytest.mark.parametrize(
    ("typed", "iso"),
    [
        ("08/01/2022", "2022-01-08"),
        ("08/01/2022 07:00", "2022-01-08T07:00:00+07:00"),
        ("08/01/2022 07:00:05", "2022-01-08T07:00:05+07:00"),
        ("8/1/2022, 7h30", "2022-01-08T07:30:00+07:00"),
        ("07:00 08/01/2022", "2022-01-08T07:00:00+07:00"),
        ("7 giờ 5 phút ngày 08/01/2022", "2022-01-08T07:05:00+07:00"),
        ("7 giờ ngày 8 tháng 1 năm 2022", "2022-01-08T07:00:00+07:00"),
        ("ngày 08/01/2022 lúc 23h59", "2022-01-08T23:59:00+07:00"),
        ("2022-01-08", "2022-01-08"),
        ("2022-01-08 07:00", "2022-01-08T07:00:00+07:00"),
        ("2022-01-08T07:00:00.123+07:00", "2022-01-08T07:00:00+07:00"),
        ("2022-01-08T00:00:00Z", "2022-01-08T07:00:00+07:00"),
        ("2022-01-08T00:00:00+0000", "2022-01-08T07:00:00+07:00"),
    ],
)
def test_a_moment_is_read_with_or_without_its_time(typed: str, iso: str) -> None:
    assert parse_moment(typed).isoformat() == iso


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "date.empty"),
        ("9/2021", "date.day_missing"),
        ("08/01/2022 25:00", "moment.time"),
        ("2022-01-08T25:00", "moment.time"),
        ("2022-13-08T05:00", "moment.time"),
        ("30/02/2022 07:00", "date.day"),
        ("sáng 08/01/2022", "date.unreadable"),
    ],
)
def test_what_is_no_moment_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_moment(typed)
    assert (caught.value.code, caught.value.text) == (code, typed)


@given(DAYS)
def test_every_day_is_read_back_as_each_paper_writes_it(day: date) -> None:
    whole = PartialDate.of(day)
    for written in (official_date(day), short_date(day), str(whole), whole.isoformat()):
        assert parse_date(written) == whole


@given(st.datetimes(datetime(1900, 1, 2), datetime(2200, 12, 30)))  # noqa: DTZ001 - zone added below
def test_every_moment_is_read_back(naive: datetime) -> None:
    moment = Moment(naive.replace(microsecond=0, tzinfo=VIETNAM))
    assert parse_moment(str(moment)) == parse_moment(moment.isoformat()) == moment


@pytest.mark.parametrize(
    ("day", "official", "short"),
    [
        (date(2023, 8, 4), "ngày 04 tháng 8 năm 2023", "04/8/2023"),
        (date(2022, 1, 13), "ngày 13 tháng 01 năm 2022", "13/01/2022"),
        (date(2022, 2, 28), "ngày 28 tháng 02 năm 2022", "28/02/2022"),
        (PartialDate(2022, 5, 31), "ngày 31 tháng 5 năm 2022", "31/5/2022"),
        (PartialDate(2021, 12), "tháng 12 năm 2021", "12/2021"),
        (PartialDate(2021), "năm 2021", "2021"),
    ],
)
def test_papers_write_days_and_months_by_the_digits_rule(
    day: date | PartialDate, official: str, short: str
) -> None:
    assert (official_date(day), short_date(day)) == (official, short)


@pytest.mark.parametrize(
    ("typed", "iso", "warnings"),
    [
        ("19/3/1986", "1986-03-19", ()),
        ("1986", "1986", ()),
        ("19/3/86", "1986-03-19", ("date.short_year",)),
        ("19/3/05", "2005-03-19", ("date.short_year", "birth.young")),
        ("1/6/2004", "2004-06-01", ("birth.young",)),
        ("31/5/2004", "2004-05-31", ()),
        ("1940", "1940", ("birth.old",)),
        ("31/5/2007", "2007-05-31", ("birth.young",)),
    ],
)
def test_a_birth_is_read_with_the_age_on_a_day(
    typed: str, iso: str, warnings: tuple[str, ...]
) -> None:
    read = read_birth(typed, on=ON)
    assert (read.value.isoformat(), read.warnings) == (iso, warnings)
    assert parse_birth(typed, on=ON) == read.value


@pytest.mark.parametrize(
    ("typed", "code"),
    [("01/6/2007", "birth.too_young"), ("2010", "birth.too_young"), ("2023", "birth.future")],
)
def test_a_child_is_no_worker(typed: str, code: str) -> None:
    with pytest.raises(Unreadable) as caught:
        parse_birth(typed, on=ON)
    assert caught.value.code == code


@given(ANY_TEXT)
def test_any_text_is_a_date_or_unreadable(text: str) -> None:
    refused: list[str] = []
    for parse in (parse_date, parse_moment, lambda typed: parse_birth(typed, on=ON)):
        try:
            parse(text)
        except Unreadable as error:
            refused.append(error.text)
    assert set(refused) <= {text}


def test_a_partial_date_is_an_interval_that_sorts_as_text() -> None:
    day, month, year = PartialDate(2021, 9, 1), PartialDate(2021, 2), PartialDate(2021)
    assert (month.first, month.last) == (date(2021, 2, 1), date(2021, 2, 28))
    assert (year.first, year.last) == (date(2021, 1, 1), date(2021, 12, 31))
    assert [each.precision for each in (day, month, year)] == [
        Precision.DAY,
        Precision.MONTH,
        Precision.YEAR,
    ]
    assert [PartialDate.fromiso(each.isoformat()) for each in (day, month, year)] == [
        day,
        month,
        year,
    ]
    assert [str(each) for each in (day, month, year)] == ["01/09/2021", "02/2021", "2021"]


@pytest.mark.parametrize("wrong", ["1/9/2021", "2021-13", "2021-09-31", "2021-9-1", ""])
def test_a_stored_date_in_another_form_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        PartialDate.fromiso(wrong)


def test_a_day_needs_its_month_and_a_moment_its_zone() -> None:
    with pytest.raises(ValueError, match="month"):
        PartialDate(2021, None, 1)
    with pytest.raises(ValueError, match="zone"):
        Moment(datetime(2021, 9, 1))  # noqa: DTZ001 - what the test is about
    with pytest.raises(ValueError, match="2021"):
        Moment.fromiso("2021-09-01T07:00:00")


def test_a_moment_is_one_in_every_zone() -> None:
    moment = Moment.fromiso("2021-12-31T17:00:00+00:00")
    assert (moment.day, str(moment)) == (date(2022, 1, 1), "01/01/2022 00:00:00")
    assert moment.at.utcoffset() == timedelta(hours=7)
    whole = Moment.fromiso("2022-01-08")
    assert (whole.time_known, str(whole), whole.isoformat()) == (False, "08/01/2022", "2022-01-08")
