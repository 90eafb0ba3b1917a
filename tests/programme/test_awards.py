"""Shortlists: places with ties, what qualifies, what is missing, who may give what."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop.programme import awards, periods
from desktop.programme.awards import Contestants, Entry, GreatInitiative
from desktop.programme.definition import Programme
from desktop.programme.shape import Authority, Award, BenefitTerm
from desktop.programme.standing import Counts, Period, PersonStanding, UnitStanding

pytestmark = pytest.mark.usefixtures("in_english")

QUARTER = Award(
    "q",
    "Ghi nhận quý",
    "KT-01",
    "unit",
    "quarter",
    within="emulation_group",
    first=1,
    above_target=True,
)
PERSON = Award("p", "Cá nhân", "KT-04", "person", "stage", first=2)


def period(programme: Programme, key: str = "2022-Q1") -> Period:
    return periods.period_of(key, programme)


def unit(programme: Programme, number: int, eligible: int, **changes: Any) -> UnitStanding:
    counts = Counts(eligible, eligible, eligible)
    made = UnitStanding(number, f"Đơn vị {number}", period(programme), counts, group="Cụm 1")
    return replace(made, **{"given": 10, "headcount": 100, "ancestors": (1,), **changes})


def person(number: int, eligible: int = 1, **changes: Any) -> PersonStanding:
    made = PersonStanding(number, f"Người {number}", 2, "CĐCS A", "Công nhân", eligible)
    return replace(made, **changes)


def listed(
    programme: Programme, award: Award, *who: UnitStanding | PersonStanding, **more: Any
) -> list[Entry]:
    units = [one for one in who if isinstance(one, UnitStanding)]
    persons = [one for one in who if isinstance(one, PersonStanding)]
    contestants = Contestants(units, persons, **more)
    return list(awards.shortlist(programme, award, period(programme), contestants).entries)


def told(entries: list[Entry]) -> list[tuple[str, int | None, bool | None]]:
    return [(one.person or one.unit, one.rank, one.qualifies) for one in entries]


def test_the_first_of_each_group_above_its_target_qualifies(programme: Programme) -> None:
    found = listed(
        programme,
        QUARTER,
        unit(programme, 2, 12),
        unit(programme, 3, 15),
        unit(programme, 4, 10, group="Cụm 2"),
        unit(programme, 5, 40, group=""),
    )
    assert told(found) == [
        ("Đơn vị 3", 1, True),
        ("Đơn vị 2", 2, False),
        ("Đơn vị 4", 1, False),
        ("Đơn vị 5", None, False),
    ]
    assert "more than the target of 10" in " ".join(found[0].why)
    assert "reached, not exceeded" in " ".join(found[2].missing)
    assert "no emulation group of 2022" in " ".join(found[3].missing)


def test_a_tie_for_the_only_place_is_shown_equal_and_left_to_the_chair(
    programme: Programme,
) -> None:
    found = listed(
        programme, QUARTER, *(unit(programme, 2 + at, n) for at, n in enumerate((15, 15, 9)))
    )
    assert told(found) == [("Đơn vị 2", 1, None), ("Đơn vị 3", 1, None), ("Đơn vị 4", 3, False)]
    assert "the chair decides" in " ".join(found[0].missing)


def test_equal_numbers_go_by_the_share_of_the_target_then_by_participation(
    programme: Programme,
) -> None:
    found = listed(
        programme,
        QUARTER,
        unit(programme, 2, 15, given=14),
        unit(programme, 3, 15, given=12, credited=5),
        unit(programme, 4, 15, given=12, credited=6),
        unit(programme, 5, 15, given=12, headcount=None),
    )
    assert [one.unit for one in found] == ["Đơn vị 4", "Đơn vị 3", "Đơn vị 5", "Đơn vị 2"]
    assert [one.rank for one in found] == [1, 2, 3, 4]


def test_whoever_is_honoured_qualifies_and_the_others_need_the_rate(programme: Programme) -> None:
    award = replace(QUARTER, above_target=False, participation=True, honoured=True, rule="KT-02")
    found = listed(
        programme,
        award,
        unit(programme, 2, 15, credited=9),
        unit(programme, 3, 9, honoured=True),
        unit(programme, 4, 9, group="Cụm 2", headcount=0),
        unit(programme, 5, 9, group="Cụm 3", credited=10),
    )
    assert {one.unit: one.qualifies for one in found} == {
        "Đơn vị 2": False,
        "Đơn vị 3": True,
        "Đơn vị 4": None,
        "Đơn vị 5": True,
    }
    assert "headcount is not known" in " ".join(found[2].missing)


def test_units_above_target_are_ranked_among_those_of_the_same_superior(
    programme: Programme,
) -> None:
    award = Award("a", "Vượt chỉ tiêu", "KT-06", "unit", "stage", above_target=True)
    entered = replace(unit(programme, 5, 9), counts=Counts(12, 12, 9, 2, 1))
    found = listed(
        programme,
        award,
        unit(programme, 1, 60, given=50, ancestors=()),
        unit(programme, 2, 11),
        unit(programme, 3, 10),
        unit(programme, 4, 20, given=None, pledged=20),
        entered,
        unit(programme, 6, 8, given=None),
        unit(programme, 7, 0, given=None),
    )
    assert told(found) == [
        ("Đơn vị 1", 1, True),
        ("Đơn vị 4", 1, False),
        ("Đơn vị 2", 2, True),
        ("Đơn vị 3", 3, False),
        ("Đơn vị 5", 4, True),
        ("Đơn vị 6", 5, None),
    ]


def test_what_is_entered_and_not_eligible_is_named_where_something_is_missing(
    programme: Programme,
) -> None:
    short = replace(unit(programme, 2, 3), counts=Counts(9, 9, 3, 4, 2))
    (found,) = listed(programme, QUARTER, short)
    assert found.missing[-1] == (
        "Of 9 initiatives entered, 4 are not eligible and 2 are to be reviewed."
    )


def test_persons_stand_in_their_circle_and_ties_at_the_border_are_undecided(
    programme: Programme,
) -> None:
    found = listed(programme, PERSON, *(person(at, n) for at, n in enumerate((5, 3, 3, 1))))
    assert told(found) == [
        ("Người 0", 1, True),
        ("Người 1", 2, None),
        ("Người 2", 2, None),
        ("Người 3", 4, False),
    ]


def test_a_person_first_in_an_object_group_waits_for_the_council(programme: Programme) -> None:
    group = replace(PERSON, within="object_group", ranked_by="benefit", first=1, selected_by="HĐ")
    found = listed(
        programme,
        group,
        person(1, benefit=5),
        person(2, benefit=9),
        person(3, object_group="Cán bộ"),
        person(4, object_group=""),
    )
    assert told(found) == [
        ("Người 3", 1, None),
        ("Người 2", 1, None),
        ("Người 1", 2, False),
        ("Người 4", 1, None),
    ]
    assert "To be chosen by HĐ." in found[0].missing


def test_far_below_the_last_place_nobody_is_shown(programme: Programme) -> None:
    found = listed(programme, PERSON, *(person(at, 20 - at) for at in range(20)))
    assert len(found) == 2 + awards.NEAR
    asked = replace(PERSON, first=0, least=15)
    found = listed(programme, asked, *(person(at, 20 - at) for at in range(20)))
    assert [one.qualifies for one in found] == [True] * 6 + [False] * awards.NEAR


TERMS = (
    BenefitTerm(80_000_000, education=("Trung cấp", "Cao đẳng"), leader=False),
    BenefitTerm(120_000_000, 3, ("Trung cấp", "Cao đẳng"), leader=False),
    BenefitTerm(150_000_000, education=("Đại học",), leader=False),
    BenefitTerm(200_000_000, leader=True),
)


@pytest.mark.parametrize(
    ("education", "leader", "benefit", "qualifies"),
    [
        ("Cao đẳng nghề", False, 80, True),
        ("Cao đẳng nghề", False, 79, False),
        ("ĐẠI HỌC", False, 149, False),
        ("Đại học", False, 150, True),
        ("Đại học", True, 199, False),
        ("Đại học", True, 200, True),
        ("", False, 90, None),
        ("Đại học", None, 160, None),
        ("", None, 79, False),
        ("Tiểu học", False, 500, False),
    ],
)
def test_the_benefit_asked_for_goes_by_education_and_post(
    programme: Programme,
    education: str,
    *,
    leader: bool | None,
    benefit: int,
    qualifies: bool | None,
) -> None:
    award = replace(PERSON, benefit_terms=TERMS)
    one = person(1, benefit=benefit * 1_000_000, education=education, leader_post=leader)
    assert told(listed(programme, award, one)) == [("Người 1", 1, qualifies)]


@pytest.mark.parametrize(
    ("years", "qualifies"), [((2021, 2022, 2023), True), ((2020, 2022, 2023), False)]
)
def test_a_benefit_over_years_counts_years_in_a_row(
    programme: Programme, years: tuple[int, ...], *, qualifies: bool
) -> None:
    award = replace(PERSON, benefit_terms=TERMS)
    one = person(1, benefit=40_000_000, education="Cao đẳng", leader_post=False)
    yearly = {1: dict.fromkeys(years, 40_000_000)}
    assert told(listed(programme, award, one, yearly=yearly)) == [("Người 1", 1, qualifies)]


def test_forms_beyond_the_authority_of_every_giver_are_flagged(programme: Programme) -> None:
    table = (
        Authority("ldld_tinh", ("Bằng khen",), "1689", "LĐLĐ tỉnh"),
        Authority("ldld_huyen", ("Giấy khen",), "1689", "LĐLĐ huyện", valid_to=date(2022, 3, 31)),
    )
    programme = replace(programme, authorities=table)
    award = replace(QUARTER, forms=("Bằng khen", "Giấy khen"), levels=("ldld_huyen",))
    (flag,) = awards.beyond_authority(programme, award, date(2022, 3, 31))
    assert "LĐLĐ tỉnh" in flag
    both = replace(award, levels=("ldld_huyen", "ldld_tinh"))
    assert not list(awards.beyond_authority(programme, both, date(2022, 3, 31)))
    assert len(list(awards.beyond_authority(programme, both, date(2022, 4, 1)))) == 1


@pytest.mark.parametrize(
    ("kind", "today", "key"),
    [
        ("quarter", "2022-04-01", "2022-Q1"),
        ("quarter", "2022-03-31", "2022-Q1"),
        ("quarter", "2022-07-15", "2022-Q2"),
        ("quarter", "2026-01-01", "2023-Q3"),
        ("stage", "2022-05-31", "stage1"),
        ("stage", "2023-10-01", "stage2"),
        ("month", "2021-12-01", "2022-01"),
        ("programme", "2022-07-15", "total"),
        ("campaign", "2022-07-15", "campaign:1"),
    ],
)
def test_the_newest_period_is_the_last_one_that_is_over(
    programme: Programme, kind: Any, today: str, key: str
) -> None:
    award = replace(QUARTER, period=kind)
    found = awards.newest_period(award, programme, date.fromisoformat(today))
    assert found is not None
    assert found.key == key


def test_a_period_in_which_nothing_came_is_not_the_newest(programme: Programme) -> None:
    today, last = date(2026, 1, 1), date(2022, 4, 1)
    found = awards.newest_period(QUARTER, programme, today, (), last)
    assert found is not None
    assert found.key == "2022-Q2"
    first = awards.newest_period(QUARTER, programme, today, (), date(2021, 1, 1))
    assert first is not None
    assert first.key == "2023-Q3"


def test_the_emulation_file_has_a_line_for_every_unit_with_its_share(programme: Programme) -> None:
    award = next(one for one in awards.awards_of(programme) if one.rule == "KT-08")
    found = listed(
        programme,
        award,
        unit(programme, 2, 9),
        unit(programme, 3, 12),
        unit(programme, 4, 3, given=None),
    )
    assert told(found) == [("Đơn vị 3", 1, True), ("Đơn vị 2", 2, True), ("Đơn vị 4", 3, None)]
    assert found[0].figures["percent"] == 120


def test_rules_that_are_off_have_no_shortlist(programme: Programme) -> None:
    rules = tuple(replace(one, on=one.id not in ("KT-01", "KT-08")) for one in programme.rules)
    found = {award.rule for award in awards.awards_of(replace(programme, rules=rules))}
    assert "KT-02" in found
    assert not found & {"KT-01", "KT-08"}


def test_great_initiatives_are_ranked_by_money_and_judged_by_people(programme: Programme) -> None:
    rule = next(one for one in programme.rules if one.test == "great_initiatives")
    rows = [
        GreatInitiative(at, f"SK-{at}", "Lò", "Páo", 2, "CĐCS A", benefit, "Bớt rác")
        for at, benefit in enumerate((900, 500, 500, None))
    ]
    money, society = (
        awards.great_list(programme, rule, period(programme), key, rows)
        for key in (awards.GREAT_BY_MONEY, awards.GREAT_BY_SOCIETY)
    )
    assert [(one.rank, one.qualifies) for one in money.entries][:3] == [
        (1, True),
        (2, True),
        (2, True),
    ]
    assert {(one.rank, one.qualifies) for one in society.entries} == {(None, None)}
    assert society.entries[0].why == ("Bớt rác",)
