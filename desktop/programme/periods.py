"""The periods over which initiatives are counted: programme, stage, calendar periods, campaigns."""

import re
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from desktop.errors import UserError
from desktop.programme.calendar import ONE_DAY
from desktop.programme.shape import Campaign, Programme, Stage
from desktop.programme.standing import Period
from desktop.text import _
from desktop.vietnamese.dates import VIETNAM

TOTAL = "total"
"""The key of the whole programme."""
CALENDAR = ("year", "quarter", "month", "week")
"""The kinds of period that the calendar makes."""

_EVER = date(1900, 1, 1), date(2199, 12, 31)
"""The days of a programme without stages."""
_STAGE = re.compile(r"stage(\d{1,3})")
_YEAR = re.compile(r"(\d{4})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_MONTH = re.compile(r"(\d{4})-(\d\d)")
_WEEK = re.compile(r"(\d{4})-W(\d\d)")
_DAYS = re.compile(r"(\d{4}-\d\d-\d\d)\.\.(\d{4}-\d\d-\d\d)")
_NAMED_LENGTH = re.compile(r"\b(\d{1,3})[ -](?:ngày|days?)\b", re.IGNORECASE)


def stage_days(stage: Stage) -> tuple[date, date]:
    """The first and the last day on which the portal takes initiatives of a stage, in Vietnam."""
    last = stage.upload_before - timedelta(microseconds=1)
    return stage.upload_from.astimezone(VIETNAM).date(), last.astimezone(VIETNAM).date()


def stage_key(stage: Stage) -> str:
    """The key of a stage as a period."""
    return f"stage{stage.number}"


def stage_period(stage: Stage) -> Period:
    """A stage as a period; ``target`` is that of the whole programme in this stage."""
    label = stage.label or _("Stage {number}").format(number=stage.number)
    key, days = stage_key(stage), stage_days(stage)
    return Period("stage", key, label, *days, stage.number, target=stage.target)


def stages(programme: Programme) -> tuple[Period, ...]:
    """The stages of a programme."""
    return tuple(stage_period(stage) for stage in programme.stages)


def whole(programme: Programme) -> Period:
    """The whole programme: from the first day of its first stage to the last day of its last."""
    parts = stages(programme)
    first = min((one.first for one in parts), default=_EVER[0])
    last = max((one.last for one in parts), default=_EVER[1])
    targets = [one.target for one in parts if one.target is not None]
    return Period(
        *("programme", TOTAL, _("Whole programme"), first, last),
        target=sum(targets) if targets else None,
    )


def days_period(first: date, last: date, label: str = "") -> Period:
    """Any span of days, both ends counted."""
    shown = label or f"{first:%d/%m/%Y} – {last:%d/%m/%Y}"
    return Period("days", f"{first.isoformat()}..{last.isoformat()}", shown, first, last)


def calendar_periods(kind: str, first: date, last: date) -> tuple[Period, ...]:
    """The years, quarters, months or ISO weeks of a span of days, in order.

    The first and the last are cut at the ends of the span, so that each day of it lies in just
    one: the first quarter of 2022 runs from 08/01/2022 in the programme of 2021-2023.
    """
    found = []
    day = first
    while day <= last:
        period = _AROUND[kind](day)
        found.append(_within(period, first, last))
        if period.last >= last:
            break
        day = period.last + ONE_DAY
    return tuple(found)


def periods(kind: str, programme: Programme) -> tuple[Period, ...]:
    """The periods of a kind within a programme; of campaigns those of its definition."""
    span = whole(programme)
    if kind == "programme":
        return (span,)
    if kind == "stage":
        return stages(programme)
    if kind == "campaign":
        return campaigns(programme)
    return calendar_periods(kind, span.first, span.last)


def campaigns(programme: Programme, own: Sequence[Campaign] = ()) -> tuple[Period, ...]:
    """The campaigns of a definition and then the office's own, with their baselines and targets.

    The key of one without a key of its own is its number in the definition.
    """
    return tuple(
        _campaign(campaign, campaign.key or str(number))
        for number, campaign in enumerate((*programme.campaigns, *own), start=1)
    )


def _campaign(campaign: Campaign, key: str) -> Period:
    return Period(
        *("campaign", f"campaign:{key}", campaign.label, campaign.first, campaign.last),
        baseline=campaign.baseline,
        target=campaign.target,
    )


def campaign_length(campaign: Campaign, programme: Programme) -> int:
    """How many days a campaign is said to last (MT-15).

    As its name says ("40 ngày"), though its days counted at both ends may be one more; or counted,
    where the programme's switch says so or the name says nothing.
    """
    named = _NAMED_LENGTH.search(campaign.name)
    if named and programme.switches.campaign_length == "as_named":
        return int(named[1])
    return (campaign.last - campaign.first).days + 1


def period_of(key: str, programme: Programme, own: Sequence[Campaign] = ()) -> Period:
    """The period that a key names, such as total, stage1, 2022, 2022-Q1, 2022-04 and 2022-W16.

    Further "campaign:1" or "campaign:<key>", and two days as in 2022-04-21..2022-05-31. Periods of
    the calendar are cut at the ends of the programme. Raises UserError for any other key.
    """
    fixed = (whole(programme), *stages(programme), *campaigns(programme, own))
    for period in fixed:
        if period.key == key:
            return period
    made = next(_from_calendar(key), None)
    if made is None:
        known = ", ".join(period.key for period in fixed)
        raise UserError(
            _(
                "“{key}” is no period. Give one of {known}, or a year (2022), a quarter (2022-Q1), "
                "a month (2022-04), a week (2022-W16) or days (2022-04-21..2022-05-31)."
            ).format(key=key, known=known),
            code="period.unknown",
        )
    return made if made.kind == "days" else _within(made, fixed[0].first, fixed[0].last)


def _from_calendar(key: str) -> Iterator[Period]:
    """The period of the calendar that a key names, if there is one."""
    try:
        if match := _DAYS.fullmatch(key):
            first, last = (date.fromisoformat(text) for text in match.groups())
            if first <= last:
                yield days_period(first, last)
        elif match := _YEAR.fullmatch(key):
            yield year_around(date(int(match[1]), 1, 1))
        elif match := _QUARTER.fullmatch(key):
            yield quarter_around(date(int(match[1]), int(match[2]) * 3, 1))
        elif match := _MONTH.fullmatch(key):
            yield month_around(date(int(match[1]), int(match[2]), 1))
        elif match := _WEEK.fullmatch(key):
            yield week_around(date.fromisocalendar(int(match[1]), int(match[2]), 1))
    except (ValueError, OverflowError):
        return


def stage_number(key: str) -> int | None:
    """The number of the stage that a key names, None where it names something else."""
    match = _STAGE.fullmatch(key)
    return int(match[1]) if match else None


def year_around(day: date) -> Period:
    """The calendar year of a day."""
    label = _("Year {year}").format(year=day.year)
    key = f"{day.year:04d}"
    return Period("year", key, label, date(day.year, 1, 1), date(day.year, 12, 31))


def quarter_around(day: date) -> Period:
    """The quarter (quý) of a day."""
    number = (day.month + 2) // 3
    last = number * 3
    return Period(
        "quarter",
        f"{day.year:04d}-Q{number}",
        _("Quarter {number}/{year}").format(
            number=("I", "II", "III", "IV")[number - 1], year=day.year
        ),
        date(day.year, last - 2, 1),
        date(day.year, last, monthrange(day.year, last)[1]),
    )


def month_around(day: date) -> Period:
    """The month of a day."""
    label = _("Month {month}/{year}").format(month=day.month, year=day.year)
    last = monthrange(day.year, day.month)[1]
    key = f"{day.year:04d}-{day.month:02d}"
    return Period("month", key, label, day.replace(day=1), day.replace(day=last))


def week_around(day: date) -> Period:
    """The week of a day by ISO 8601: from Monday to Sunday."""
    year, number, weekday = day.isocalendar()
    first = day - timedelta(days=weekday - 1)
    last = first + timedelta(days=6)
    label = _("Week {number}/{year} ({first} – {last})").format(
        number=number, year=year, first=f"{first:%d/%m}", last=f"{last:%d/%m}"
    )
    return Period("week", f"{year:04d}-W{number:02d}", label, first, last)


_AROUND: dict[str, Callable[[date], Period]] = {
    "year": year_around,
    "quarter": quarter_around,
    "month": month_around,
    "week": week_around,
}


def _within(period: Period, first: date, last: date) -> Period:
    """The part of a period that lies in a span; whole where nothing of it does."""
    if period.last < first or period.first > last:
        return period
    start, end = max(period.first, first), min(period.last, last)
    return Period(period.kind, period.key, period.label, start, end)
