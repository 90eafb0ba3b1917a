"""Progress: what is due in a period, paces, when a target was reached, how shares are written."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.programme import periods, progress
from desktop.programme.definition import Programme
from desktop.programme.shape import Rounding
from desktop.programme.standing import Counts, Period, UnitStanding
from desktop.programme.targets import TargetLine, load_targets, share_of_target, stages_off_total
from desktop.samples.kept import sample_targets

WHOLE = Rounding(0, "half_up")
PHONG_THO = (
    TargetLine("total", 265, "CHỈ TIÊU GIAI ĐOẠN"),
    TargetLine("stage1", 135, "CHỈ TIÊU NĂM 2022"),
    TargetLine("stage2", 130, "CHỈ TIÊU NĂM 2023"),
)


def due(key: str, programme: Programme, lines: tuple[TargetLine, ...] = PHONG_THO) -> object:
    found = progress.target_of(periods.period_of(key, programme), lines, programme)
    return found and (found.value, found.basis)


def test_the_documents_figures_come_out_under_their_own_rounding(programme: Programme) -> None:
    first, both = share_of_target(165_541, 300_000), share_of_target(2_779, 2_300)
    assert progress.percent_words(first, programme.rounding_of("letter_3990")) == "55,1%"
    assert progress.percent_words(both, programme.rounding_of("letter_1298")) == "121%"
    assert progress.percent_words(first, programme.rounding) == "55,2%"
    assert progress.percent_words(Decimal(1250), programme.rounding) == "1.250,0%"
    assert progress.percent_words(None, WHOLE) == "–"


def test_the_plans_eleven_rows_are_kept_under_its_own_titles(
    programme: Programme, resources: Path
) -> None:
    drafts = sample_targets(load_targets(resources / "samples" / "targets.toml"))
    sums = {
        period: sum(one.value for one in drafts if one.period == period)
        for period in ("total", "stage1", "stage2")
    }
    assert len({one.unit for one in drafts}) == 11
    assert sums == {"total": 2300, "stage1": 1200, "stage2": 1100}
    titles = {one.period: one.label for one in drafts}
    assert titles["stage1"] == "CHỈ TIÊU NĂM 2022"


def test_a_year_takes_the_column_that_names_it_and_a_stage_its_own(programme: Programme) -> None:
    assert due("stage1", programme) == (135, "set")
    assert due("2022", programme) == (135, "named")
    assert due("2023", programme) == (130, "named")
    assert due("total", programme) == (265, "set")
    assert due("total", programme, PHONG_THO[1:]) == (265, "set")
    assert due("total", programme, PHONG_THO[1:2]) is None


def test_a_quarters_target_is_its_share_of_the_stages_days_or_the_whole(
    programme: Programme,
) -> None:
    assert due("2022-Q1", programme) == (Fraction(135 * 83, 144), "pro_rata")
    assert due("2022-Q2", programme) == (
        Fraction(135 * 61, 144) + Fraction(130 * 30, 458),
        "pro_rata",
    )
    assert due("2022-Q1", programme, PHONG_THO[:1]) == (Fraction(265 * 83, 602), "pro_rata")
    assert due("2025-Q1", programme) is None
    switches = replace(programme.switches, quarter_target="whole")
    assert due("2022-Q1", replace(programme, switches=switches)) == (265, "whole")


def test_a_target_set_for_a_quarter_goes_before_one_worked_out(programme: Programme) -> None:
    lines = (*PHONG_THO, TargetLine("2022-Q1", 60), TargetLine("2022-Q1", 70, origin="pledged"))
    assert due("2022-Q1", programme, lines) == (60, "set")
    period = periods.period_of("2022-Q1", programme)
    pledged = progress.target_of(period, lines, programme, origin="pledged")
    assert pledged is not None
    assert pledged.floor == 70
    assert progress.target_of(period, (lines[0],), programme, origin="pledged") is None


def test_a_target_of_an_object_group_is_no_target_of_the_unit(programme: Programme) -> None:
    line = TargetLine("stage1", 10, dimension="group", choice="Cán bộ công đoàn")
    assert due("stage1", programme, (line,)) is None


@pytest.mark.parametrize("kind", periods.CALENDAR)
def test_the_shares_of_all_periods_make_the_whole_target(programme: Programme, kind: str) -> None:
    lines = tuple(replace(line, label="") for line in PHONG_THO[1:])
    parts = [
        progress.target_of(period, lines, programme) for period in periods.periods(kind, programme)
    ]
    assert sum(part.value for part in parts if part) == 265


@given(st.integers(0, 400), st.fractions(min_value=0, max_value=400))
def test_above_the_floor_is_above_the_target(count: int, value: Fraction) -> None:
    assert (count > progress.Due(value, "pro_rata").floor) == (count > value)


STAGE = Period("stage", "stage1", "1", date(2022, 1, 8), date(2022, 5, 31), 1)


@pytest.mark.parametrize(
    ("on", "gone", "left", "held", "needed", "projected"),
    [
        (date(2022, 1, 7), 0, 144, None, "0.9375", None),
        (date(2022, 1, 8), 1, 144, "90", "0.3125", 12960),
        (date(2022, 3, 8), 60, 85, "1.5", None, 216),
        (date(2022, 5, 31), 144, 1, "0.625", "45", 90),
        (date(2022, 6, 1), 144, 0, "0.625", None, 90),
    ],
)
def test_the_pace_held_and_the_pace_needed(
    on: date, gone: int, left: int, held: str | None, needed: str | None, projected: int | None
) -> None:
    count = 90 if gone else 0
    found = progress.pace(count, 135, STAGE, on)
    assert (found.days_gone, found.days_left, found.projected) == (gone, left, projected)
    assert found.held == (held and Decimal(held))
    if needed and left:
        assert found.needed == Decimal(needed)
    assert (found.needed is None) == (left == 0)


def test_a_target_that_is_reached_needs_nothing_more() -> None:
    assert progress.pace(140, 135, STAGE, date(2022, 3, 1)).needed == 0
    assert progress.pace(140, 135, STAGE, date(2022, 8, 1)).needed == 0
    assert progress.pace(140, None, STAGE, date(2022, 3, 1)).needed is None


def test_a_campaigns_pace_starts_from_its_baseline() -> None:
    days = (date(2022, 4, 21), date(2022, 5, 31))
    campaign = Period("campaign", "campaign:1", "40", *days, None, 165_541, 300_000)
    count = progress.reached(campaign, 20_000)
    found = progress.pace(count, 300_000, campaign, date(2022, 4, 30), start=165_541)
    assert count == 185_541
    assert (found.held, found.days_left) == (Decimal(2000), 32)
    assert found.needed == Decimal(114_459) / 32


def test_reaching_the_target_on_10_december_is_265_days_early(programme: Programme) -> None:
    counts = ((date(2022, 12, 9), 2299), (date(2022, 12, 10), 2304), (date(2023, 7, 31), 2779))
    assert progress.reached_on(counts, 2300) == date(2022, 12, 10)
    assert progress.early(counts, 2300, periods.whole(programme)) == 265
    assert progress.early(counts, 2780, periods.whole(programme)) is None
    assert progress.reached_on(counts, None) is None


def test_each_percentage_names_what_it_is_of() -> None:
    standing = UnitStanding(1, "A", STAGE, Counts(9, 6, 3), given=12, pledged=8)
    given, pledged = progress.shares(standing, "entered")
    assert (given.percent, pledged.percent) == (Decimal(50), Decimal(75))
    said = given.words(WHOLE), pledged.words(WHOLE)
    assert ("50%" in said[0], "75%" in said[1]) == (True, True)
    assert said[0].replace("50%", "") != said[1].replace("75%", "")
    assert progress.shares(replace(standing, pledged=None), "eligible")[0].percent == 25


def test_participation_without_a_headcount_has_no_figures_yet(programme: Programme) -> None:
    standing = UnitStanding(1, "A", STAGE, credited=12, authors=30, headcount=120)
    assert progress.participation(progress.taking_part(standing, programme), 120) == 10
    assert programme.participation is not None
    every = replace(programme.participation, counted="all_authors")
    switched = replace(programme, participation=every)
    assert progress.taking_part(standing, switched) == 30
    for headcount in (None, 0):
        assert progress.participation(12, headcount) is None
    assert "%" not in progress.participation_words(None, Rounding())


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, "–"),
        (Fraction(0), "0"),
        (Fraction(1, 100), "< 0,1"),
        (Fraction(1, 20), "0,1"),
        (Fraction(135 * 83, 144), "77,8"),
        (Fraction(575, 72), "7,99"),
        (Fraction(1145, 143), "8,01"),
        (Fraction(917, 458), "2,002"),
        (Decimal("1199.96"), "1.200"),
        (Fraction(2300), "2.300"),
    ],
)
def test_figures_are_shown_whole_or_with_one_decimal(
    value: Fraction | Decimal | None, shown: str
) -> None:
    assert progress.figure_words(value) == shown


def test_a_plan_that_does_not_add_up_is_told_and_kept() -> None:
    assert stages_off_total(PHONG_THO) is None
    assert stages_off_total((*PHONG_THO[:2], TargetLine("stage2", 131))) == (265, 266)
    assert stages_off_total(PHONG_THO[:1]) is None
