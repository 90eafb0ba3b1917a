"""Periods: each day of a span lies in just one of each kind; keys name what they say."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.programme import periods
from desktop.programme.definition import Programme
from desktop.programme.shape import Campaign
from desktop.programme.standing import Period

DAYS = st.dates(date(2021, 6, 1), date(2024, 3, 1))


def span(period: Period) -> tuple[date, date]:
    return period.first, period.last


@given(st.sampled_from(periods.CALENDAR), DAYS, st.integers(0, 900))
def test_every_day_of_a_span_lies_in_one_period_of_a_kind(
    kind: str, first: date, length: int
) -> None:
    last = first + timedelta(days=length)
    found = periods.calendar_periods(kind, first, last)
    days = [
        one.first + timedelta(n) for one in found for n in range((one.last - one.first).days + 1)
    ]
    assert days == [first + timedelta(n) for n in range(length + 1)]
    assert len({one.key for one in found}) == len(found)


@pytest.mark.parametrize(
    ("key", "kind", "first", "last"),
    [
        ("total", "programme", date(2022, 1, 8), date(2023, 9, 1)),
        ("stage1", "stage", date(2022, 1, 8), date(2022, 5, 31)),
        ("stage2", "stage", date(2022, 6, 1), date(2023, 9, 1)),
        ("2022-Q1", "quarter", date(2022, 1, 8), date(2022, 3, 31)),
        ("2022-Q2", "quarter", date(2022, 4, 1), date(2022, 6, 30)),
        ("2023-Q3", "quarter", date(2023, 7, 1), date(2023, 9, 1)),
        ("2022", "year", date(2022, 1, 8), date(2022, 12, 31)),
        ("2022-04", "month", date(2022, 4, 1), date(2022, 4, 30)),
        ("2022-W16", "week", date(2022, 4, 18), date(2022, 4, 24)),
        ("2022-W01", "week", date(2022, 1, 8), date(2022, 1, 9)),
        ("campaign:1", "campaign", date(2022, 4, 21), date(2022, 5, 31)),
        ("2022-04-21..2022-05-31", "days", date(2022, 4, 21), date(2022, 5, 31)),
        ("2025-Q1", "quarter", date(2025, 1, 1), date(2025, 3, 31)),
    ],
)
def test_a_key_names_its_days(
    programme: Programme, key: str, kind: str, first: date, last: date
) -> None:
    period = periods.period_of(key, programme)
    assert (period.key, period.kind, span(period)) == (key, kind, (first, last))


@pytest.mark.parametrize(
    "key",
    ["", "stage3", "2022-Q5", "2022-13", "2022-W54", "0000", "2022-05-31..2022-04-21", "quý 1"],
)
def test_any_other_key_is_refused_with_those_that_are_known(programme: Programme, key: str) -> None:
    with pytest.raises(UserError, match="stage1, stage2, campaign:1") as caught:
        periods.period_of(key, programme)
    assert caught.value.code == "period.unknown"


def test_every_listed_period_is_found_by_its_key(programme: Programme) -> None:
    for kind in ("programme", "stage", "campaign", *periods.CALENDAR):
        for period in periods.periods(kind, programme):
            assert periods.period_of(period.key, programme) == period


def test_the_offices_own_campaigns_stand_beside_the_definitions(programme: Programme) -> None:
    own = Campaign("Tuần cao điểm", date(2022, 5, 2), date(2022, 5, 8), target=50, key="own7")
    found = periods.campaigns(programme, (own,))
    assert [one.key for one in found] == ["campaign:1", "campaign:own7"]
    assert (found[0].baseline, found[0].target) == (165_541, 300_000)
    assert periods.period_of("campaign:own7", programme, (own,)).target == 50


def test_a_campaign_of_40_days_is_called_so_though_its_days_are_41(programme: Programme) -> None:
    (campaign,) = programme.campaigns
    assert periods.campaign_length(campaign, programme) == 40
    switches = replace(programme.switches, campaign_length="counted")
    assert periods.campaign_length(campaign, replace(programme, switches=switches)) == 41
    unnamed = replace(campaign, name="Tháng cao điểm")
    assert periods.campaign_length(unnamed, programme) == 41


def test_the_whole_programme_has_the_sum_of_its_stages_targets(programme: Programme) -> None:
    assert periods.whole(programme).target == 1_000_000
    assert [one.target for one in periods.stages(programme)] == [300_000, 700_000]
