"""An office's own values lie over a programme, are shown as such, and are refused where wrong."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.programme.definition import Programme
from desktop.programme.eligibility import check
from desktop.programme.facts import Recogniser
from desktop.programme.overrides import (
    Override,
    as_written,
    lay_over,
    overridable,
    overrides_from_json,
    overrides_to_json,
)
from desktop.programme.verdict import Result
from desktop.vietnamese.dates import PartialDate
from tests.programme.situations import facts_of, moment

PLAN = "Kế hoạch 12/KH-CĐ"
EVERY = (
    Override("windows.apply_to", date(2023, 5, 31), PLAN),
    Override("windows.recognise_to", "2023-05", PLAN),
    Override("stages.2.upload_before", datetime.fromisoformat("2023-06-01T00:00:00+07:00"), PLAN),
    Override("stages.1.target", 10000, "Kế hoạch 3"),
    Override("campaigns.1.target", 1200, PLAN),
    Override("participation.percent", Decimal("30.5"), PLAN),
    Override("rounding.mode", "cut", PLAN),
    Override("switches.recognisers", ["council"], PLAN),
    Override("switches.counted", "eligible", PLAN),
)


def test_the_offices_values_are_in_force(programme: Programme) -> None:
    laid = lay_over(programme, EVERY)
    assert laid.windows.apply.last == date(2023, 5, 31)
    assert laid.windows.recognise.last == date(2023, 5, 31)
    assert laid.stages[1].upload_before == datetime.fromisoformat("2023-06-01T00:00:00+07:00")
    assert [stage.target for stage in laid.stages] == [10000, 700000]
    assert laid.campaigns[0].target == 1200
    assert laid.participation
    assert laid.participation.percent == Decimal("30.5")
    assert laid.rounding.mode == "cut"
    assert laid.switches.recognisers == (Recogniser.COUNCIL,)
    assert laid.switches.counted == "eligible"
    assert laid.rules is programme.rules


def test_the_programmes_own_value_is_remembered_beside_the_offices(programme: Programme) -> None:
    once = lay_over(programme, EVERY)
    twice = lay_over(once, [Override("stages.1.target", 9000, "Kế hoạch 4")])
    target = twice.overridden["stages.1.target"]
    assert (target.own, target.office, target.source) == (300000, 9000, "Kế hoạch 4")
    end = twice.overridden["windows.apply_to"]
    assert (end.own, end.office) == (PartialDate(2023, 9, 1), PartialDate(2023, 5, 31))
    assert set(twice.overridden) == {one.key for one in EVERY}
    assert programme.overridden == {}


def test_the_version_changes_with_each_value_and_with_nothing_else(programme: Programme) -> None:
    versions = {lay_over(programme, [one]).version for one in EVERY} | {programme.version}
    assert len(versions) == len(EVERY) + 1
    again = lay_over(programme, reversed(EVERY)).version
    assert lay_over(programme, EVERY).version == again
    assert lay_over(programme, []) is programme


@pytest.mark.parametrize(
    ("key", "value", "code", "said"),
    [
        ("windows.aply_to", date(2023, 5, 31), "override-key", "“windows.apply_to”"),
        ("stages.3.target", 5, "override-key", "“stages.2.target”"),
        ("rules.DK-07.clause", "I.3", "override-key", "stays as the programme's documents"),
        ("title", "Khác", "override-key", "stays as the programme's documents"),
        ("stages.1.target", "300000", "override-type", "a whole number"),
        ("stages.1.target", True, "override-type", "a whole number"),
        ("stages.1.target", 0, "override-figure", "1 or more"),
        ("windows.apply_to", "31/5/2023", "override-type", "a date"),
        ("participation.percent", Decimal(130), "override-figure", "at most 100"),
        ("rounding.mode", "half-up", "override-choice", "“half_up”"),
        ("rounding.decimals", 9, "override-figure", "between 0 and 6"),
        ("switches.recognisers", [], "override-empty", "at least one"),
        ("switches.recognisers", ["boss"], "override-choice", "council"),
        ("windows.apply_to", date(2021, 5, 31), "override-window", "ends before it starts"),
        ("campaigns.1.last", date(2024, 1, 1), "override-window", "01/09/2023"),
    ],
)
def test_what_cannot_be_set_is_refused_in_plain_words(
    programme: Programme, in_english: None, key: str, value: Any, code: str, said: str
) -> None:
    with pytest.raises(UserError) as caught:
        lay_over(programme, [Override(key, value, PLAN)])
    assert caught.value.code == code
    assert key in str(caught.value)
    assert said in str(caught.value)


def test_stages_that_would_overlap_are_refused_naming_the_other_one(
    programme: Programme, in_english: None
) -> None:
    late = datetime.fromisoformat("2022-07-01T00:00:00+07:00")
    with pytest.raises(UserError, match=r"“stages\.2\.upload_from”"):
        lay_over(programme, [Override("stages.1.upload_before", late, PLAN)])


def test_a_key_given_twice_and_a_value_without_its_document_are_refused(
    programme: Programme,
) -> None:
    with pytest.raises(UserError) as caught:
        lay_over(programme, [EVERY[0], EVERY[0]])
    assert caught.value.code == "override-twice"
    with pytest.raises(UserError) as caught:
        lay_over(programme, [Override("stages.1.target", 5, " ")])
    assert caught.value.code == "override-empty"


def test_a_stage_may_get_days_instead_of_hours_and_back(programme: Programme) -> None:
    days = lay_over(programme, [Override("stages.2.last", "2023-08", PLAN)])
    assert days.stages[1].upload_before == datetime.fromisoformat("2023-09-01T00:00:00+07:00")
    assert days.stages[1].upload_from == programme.stages[1].upload_from
    hour = datetime.fromisoformat("2023-08-15T12:00:00+07:00")
    back = lay_over(days, [Override("stages.2.upload_before", hour, PLAN)])
    assert (back.stages[1].upload_before, back.stages[1].last) == (hour, None)
    both = [Override("stages.2.last", "2023-08", PLAN)]
    both.append(Override("stages.2.upload_before", hour, PLAN))
    with pytest.raises(UserError, match=r"stages\.2\.last"):
        lay_over(programme, both)


def test_a_rate_may_be_set_where_the_programme_has_none(programmes: dict[str, Programme]) -> None:
    bare = programmes["THIDUA-2026"]
    laid = lay_over(bare, [Override("participation.percent", 5, PLAN)])
    assert laid.participation
    assert laid.participation.percent == 5
    assert laid.overridden["participation.percent"].own is None
    with pytest.raises(UserError, match=r"participation\.percent"):
        lay_over(bare, [Override("participation.counted", "all_authors", PLAN)])


def test_the_settings_list_every_key_with_its_value_and_its_origin(
    programmes: dict[str, Programme],
) -> None:
    for programme in programmes.values():
        settings = overridable(programme)
        assert len({one.key for one in settings}) == len(settings) > 20
        for one in settings:
            assert one.label
            assert one.value == one.own
            written = as_written(one.value)
            if written is not None:
                laid = lay_over(programme, [Override(one.key, written, PLAN)])
                assert laid.overridden[one.key].office == one.value
    laid = lay_over(programmes["1TR-2021-2023"], EVERY)
    target = next(one for one in overridable(laid) if one.key == "stages.1.target")
    assert (target.value, target.own, target.source) == (10000, 300000, "Kế hoạch 3")


def test_overrides_are_kept_and_read_again_as_they_were(programme: Programme) -> None:
    kept = overrides_from_json(overrides_to_json(EVERY))
    assert kept == EVERY
    assert [type(one.value) for one in kept] == [type(one.value) for one in EVERY]
    assert lay_over(programme, kept).version == lay_over(programme, EVERY).version
    assert overrides_from_json("") == ()


@pytest.mark.parametrize(
    "text",
    ["{", "[1]", '[{"key": "a"}]', '[{"key": "a", "type": "day", "value": "x", "source": ""}]'],
)
def test_what_was_not_written_by_this_program_is_told(text: str) -> None:
    with pytest.raises(UserError) as caught:
        overrides_from_json(text)
    assert caught.value.code == "override-unreadable"


def test_the_check_judges_by_the_offices_dates(programme: Programme) -> None:
    facts = facts_of({"trial": "2023-06-15", "category": "1.1"})
    laid = lay_over(programme, [EVERY[0]])

    def result(of: Programme) -> Result:
        verdict = check(of, facts, now=moment("2023-08-01T09:00:00+07:00"))
        return next(found.result for found in verdict.findings if found.rule == "DK-07")

    assert (result(programme), result(laid)) == (Result.PASS, Result.FAIL)
