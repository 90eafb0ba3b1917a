"""Windows of days and of hours in Vietnam (UTC+7), and whether a date known in part lies in one.

A date known to the day, month or year is an interval (handbook 5.2): wholly inside a window it is
INSIDE, wholly outside OUTSIDE, and a date that could be either is STRADDLING.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate

ONE_DAY = timedelta(days=1)


class Position(StrEnum):
    """Where a date or a moment lies with respect to a window."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    STRADDLING = "straddling"


class Span(NamedTuple):
    """The days that a date may be: ``first`` to ``last``, both counted."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Days:
    """A window of days, both ends counted ("hết ngày" counts the day); None is an open end."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """A window of time: ``start`` counts ("từ 7h00"), ``before`` does not.

    "trước 24h00 ngày X" is ``before`` 00:00 of the day after X. None is an open end.
    """

    start: datetime | None = None
    before: datetime | None = None


def span(day: PartialDate) -> Span:
    """The days that a date known in part may be."""
    first = day.first
    return Span(first, first if day.day is not None else day.last)


def earliest(*days: PartialDate | None) -> Span | None:
    """The days that the earliest of the given dates may be; None where none is given."""
    given = [day for day in days if day is not None]
    if not given:
        return None
    return Span(min(day.first for day in given), min(day.last for day in given))


def latest(*spans: Span) -> Span:
    """The days that the latest of the given dates may be; at least one is needed."""
    return Span(max(one.first for one in spans), max(one.last for one in spans))


def of_days(days: Span, window: Days) -> Position:
    """Where the days lie in a window of days."""
    starts_before = window.first is not None and days.first < window.first
    ends_after = window.last is not None and days.last > window.last
    if not starts_before and not ends_after:
        return Position.INSIDE
    if window.first is not None and days.last < window.first:
        return Position.OUTSIDE
    if window.last is not None and days.first > window.last:
        return Position.OUTSIDE
    return Position.STRADDLING


def of_moment(moment: Moment, window: Hours) -> Position:
    """Where a moment lies in a window of hours; one known to the day only may straddle an end."""
    start = moment.at
    if moment.time_known:
        late = window.before is not None and start >= window.before
        early = window.start is not None and start < window.start
        return Position.OUTSIDE if late or early else Position.INSIDE
    end = start + ONE_DAY
    begins_before = window.start is not None and start < window.start
    ends_after = window.before is not None and end > window.before
    if not begins_before and not ends_after:
        return Position.INSIDE
    if window.start is not None and end <= window.start:
        return Position.OUTSIDE
    if window.before is not None and start >= window.before:
        return Position.OUTSIDE
    return Position.STRADDLING


def order(first: Span, second: Span) -> Position:
    """INSIDE where ``first`` is surely no later than ``second``, OUTSIDE where it surely is."""
    if first.last <= second.first:
        return Position.INSIDE
    if first.first > second.last:
        return Position.OUTSIDE
    # The same month written twice may well be the same day: nothing says that it is not in order.
    return Position.STRADDLING


def in_future(days: Span, today: date) -> Position:
    """OUTSIDE where the days lie after today, INSIDE where none of them does."""
    return of_days(days, Days(last=today))


def today_in_vietnam(now: datetime) -> date:
    """The day it is in Vietnam at ``now``, which must carry its zone."""
    return now.astimezone(VIETNAM).date()
