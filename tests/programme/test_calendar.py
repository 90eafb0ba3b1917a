"""Windows of days and hours, compared in three values."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.programme.calendar import (
    Days,
    Hours,
    Position,
    Span,
    earliest,
    latest,
    of_days,
    of_moment,
    order,
    span,
)
from desktop.vietnamese.dates import Moment, PartialDate

WINDOW = Days(date(2021, 9, 1), date(2023, 9, 1))
STAGE_1 = Hours(
    datetime.fromisoformat("2022-01-08T07:00:00+07:00"),
    datetime.fromisoformat("2022-06-01T00:00:00+07:00"),
)

days = st.dates(date(2021, 8, 1), date(2023, 10, 1))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-08-31", "outside"),
        ("2021-09-01", "inside"),
        ("2023-09-01", "inside"),
        ("2023-09-02", "outside"),
        ("2021-08", "outside"),
        ("2021-09", "inside"),
        ("2023-09", "straddling"),
        ("2023-10", "outside"),
        ("2021", "straddling"),
        ("2022", "inside"),
        ("2023", "straddling"),
        ("2024", "outside"),
    ],
)
def test_a_date_known_in_part_is_an_interval(written: str, expected: str) -> None:
    assert of_days(span(PartialDate.fromiso(written)), WINDOW) == expected


@given(st.tuples(days, days), days, days)
def test_a_position_is_what_its_single_days_say(
    spread: tuple[date, date], first: date, last: date
) -> None:
    wide = Span(min(spread), max(spread))
    window = Days(min(first, last), max(first, last))
    length = (wide.last - wide.first).days + 1
    single = {
        of_days(Span(day, day), window)
        for day in (wide.first + timedelta(days=n) for n in range(length))
    }
    assert Position.STRADDLING not in single
    expected = single.pop() if len(single) == 1 else Position.STRADDLING
    assert of_days(wide, window) is expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2022-01-08T06:59:59+07:00", "outside"),
        ("2022-01-08T07:00:00+07:00", "inside"),
        ("2022-01-08T00:00:00+00:00", "inside"),
        ("2022-05-31T23:59:59+07:00", "inside"),
        ("2022-06-01T00:00:00+07:00", "outside"),
        ("2022-01-07", "outside"),
        ("2022-01-08", "straddling"),
        ("2022-01-09", "inside"),
        ("2022-05-31", "inside"),
        ("2022-06-01", "outside"),
    ],
)
def test_hours_count_to_the_second_and_days_where_they_are_enough(
    written: str, expected: str
) -> None:
    assert of_moment(Moment.fromiso(written), STAGE_1) == expected


def test_an_open_end_lets_everything_in() -> None:
    assert of_days(Span(date(1900, 1, 1), date(2100, 1, 1)), Days()) is Position.INSIDE
    assert of_moment(Moment.fromiso("1999-01-01"), Hours()) is Position.INSIDE


def test_the_earliest_of_two_dates_known_in_part_is_an_interval_too() -> None:
    found = earliest(PartialDate.fromiso("2021"), PartialDate.fromiso("2021-09-10"), None)
    assert found == Span(date(2021, 1, 1), date(2021, 9, 10))
    assert earliest(None, None) is None


def test_the_latest_of_two_dates_known_in_part_is_an_interval_too() -> None:
    found = latest(span(PartialDate.fromiso("2021")), span(PartialDate.fromiso("2021-09-10")))
    assert found == Span(date(2021, 9, 10), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("2022-03-01", "2022-03-01", "inside"),
        ("2022-03-02", "2022-03-01", "outside"),
        ("2022-03", "2022-04-01", "inside"),
        ("2022-03", "2022-03", "straddling"),
        ("2022-04-01", "2022-03", "outside"),
    ],
)
def test_order_is_told_where_it_is_sure(first: str, second: str, expected: str) -> None:
    one, other = (span(PartialDate.fromiso(text)) for text in (first, second))
    assert order(one, other) == expected
