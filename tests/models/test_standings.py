"""What awards ask of a store: persons, teams, groups, honours, support teams, shortlists."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models import awards as kept
from desktop.models.actions.campaigns import CampaignDraft, RecordCampaign
from desktop.models.actions.emulation import RecordEmulationGroup, RemoveEmulationGroup
from desktop.models.actions.honours import RecordHonour, RemoveHonour
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.support_teams import MemberDraft, RecordAgreement, RecordSupportTeam
from desktop.models.actions.units import RecordUnits, SetTargets, TargetDraft, UnitDraft
from desktop.models.standings import unit_standings
from desktop.models.store import Store
from desktop.models.tree import unit_tree
from desktop.programme import awards, periods
from desktop.programme.awards import Shortlist
from desktop.programme.shape import Award
from desktop.programme.standing import PersonStanding
from desktop.vietnamese.dates import Moment, PartialDate
from tests.stores import complete

LATE = date(2024, 1, 1)
P, Q, TOP = "LĐLĐ huyện Tam Đường", "LĐLĐ huyện Sìn Hồ", "LĐLĐ tỉnh Lai Châu"
A, B = "CĐCS Trường A", "CĐCS Trường B"
QUARTER = Award(
    *("quarterly", "Ghi nhận hàng quý", "KT-01", "unit", "quarter"),
    within="emulation_group",
    first=1,
    above_target=True,
)


def enter(store: Store, day: str, unit: str = A, superior: str = P, **changes: Any) -> None:
    moment = Moment.fromiso(f"{day}T09:00:00+07:00")
    given = {"title": f"Giải pháp {unit} {day} {len(changes)}", "sent": moment, **changes}
    draft = complete(unit=unit, superior=superior, **given)
    store.journal.do(RecordInitiative(draft))


def author(name: str, born: int, **more: Any) -> Any:
    first = complete().authors[0]
    given = {"share": 100, "team": "", **more}
    return replace(first, name=name, birth=PartialDate(born, 1, 1), **given)


def persons(store: Store, key: str, split: kept.Split = "") -> list[PersonStanding]:
    with store.reading() as connection:
        period = periods.period_of(key, store.programme)
        return kept.person_standings(connection, period, LATE, split)


@pytest.fixture
def districts(store: Store) -> Store:
    """Two districts of a province with their grassroots unions, one group, a plan for stage 1.

    95 over the 144 days of stage 1 are 54,76 in the quarter of 83 days; 3 are 1,73; 2 are 1,15.
    """
    store.journal.do(
        RecordUnits(
            (
                UnitDraft(TOP, kind="ldld_tinh"),
                UnitDraft(P, TOP, "ldld_huyen", 20),
                UnitDraft(Q, TOP, "ldld_huyen", 100),
                UnitDraft(A, P, "cdcs", 20),
                UnitDraft(B, Q, "cdcs", 100),
            )
        )
    )
    store.journal.do(SetTargets((TargetDraft(P, "stage1", 3), TargetDraft(Q, "stage1", 2))))
    store.journal.do(RecordEmulationGroup("Cụm 1", 2022, (P, Q), leader=P))
    for day in ("2022-01-12", "2022-02-20", "2022-03-31", "2022-04-01"):
        enter(store, day)
    enter(store, "2022-02-21", B, Q)
    enter(store, "2022-02-22", B, Q, use=PartialDate(2020, 1, 1))
    return store


def shortlist(store: Store, award: Award, key: str) -> Shortlist:
    with store.reading() as connection:
        period = periods.period_of(key, store.programme)
        who = kept.contestants(connection, store.programme, award, period, LATE)
    return awards.shortlist(store.programme, award, period, who)


def test_the_quarters_shortlist_is_that_of_the_hand_made_figures(districts: Store) -> None:
    found = shortlist(districts, QUARTER, "2022-Q1")
    assert found.clause.startswith("46/HD-TLĐ")
    figures = [
        (one.unit, one.rank, one.figures["eligible"], one.figures["target"], one.qualifies)
        for one in found.entries
    ]
    # Tam Đường: 3 of 3 x 83/144 = 1,73; Sìn Hồ: 1 eligible of 2 entered, 2 x 83/144 = 1,15.
    due = (Fraction(3 * 83, 144), Fraction(2 * 83, 144))
    assert figures == [(P, 1, 3, due[0], True), (Q, 2, 1, due[1], False)]
    assert round(float(str(found.entries[0].figures["percent"])), 2) == 173.49
    second = shortlist(districts, QUARTER, "2022-Q2")
    # One more in April is not above 3 x 61/144 = 1,27.
    assert [(one.unit, one.qualifies) for one in second.entries] == [(P, False), (Q, False)]


def test_a_year_without_groups_says_so_of_the_units_with_a_target(districts: Store) -> None:
    assert {one.group for one in units(districts, "2023-Q1")} == {""}
    districts.journal.do(SetTargets((TargetDraft(P, "stage2", 3),)))
    (found,) = shortlist(districts, QUARTER, "2023-Q1").entries
    assert (found.unit, found.qualifies) == (P, False)
    assert any("2023" in said for said in found.missing)


def units(store: Store, key: str) -> list[Any]:
    with store.reading() as connection:
        period = periods.period_of(key, store.programme)
        return list(unit_standings(connection, store.programme, period, LATE))


def test_the_stages_award_asks_for_participation_or_an_honours_list(districts: Store) -> None:
    award = Award(
        *("stage", "Sơ kết", "KT-02", "unit", "stage"),
        within="emulation_group",
        first=1,
        participation=True,
        honoured=True,
    )
    before = shortlist(districts, award, "stage1").entries
    # One person of 20 takes part: 5 per cent.
    assert [(one.unit, one.qualifies) for one in before] == [(P, False), (Q, False)]
    assert before[0].figures["participation"] == 5
    districts.journal.do(RecordHonour(Q, period="stage1"))
    after = shortlist(districts, award, "stage1").entries
    assert [(one.unit, one.qualifies) for one in after] == [(P, False), (Q, True)]


# --- Persons and teams ---------------------------------------------------------------------------


def test_persons_have_what_is_eligible_and_credited_to_them_in_the_period(store: Store) -> None:
    pao, do = author("Lù Văn Páo", 1986, education="Đại học"), author("Vàng Thị Dợ", 1992)
    enter(store, "2022-02-01", authors=(pao,), benefit=5_000_000, social_benefit="")
    enter(store, "2022-02-02", B, Q, authors=(pao,), benefit=9_000_000, title="Lò lớn")
    enter(store, "2022-02-03", authors=(do,), benefit=None)
    enter(store, "2022-02-04", authors=(do,), benefit=None, title="Mới nhất")
    enter(store, "2022-02-05", authors=(pao,), use=PartialDate(2020, 1, 1), title="Không đạt")
    enter(store, "2022-06-02", authors=(pao,), title="Giai đoạn sau")
    first, second = persons(store, "stage1")
    assert (first.name, first.eligible, first.benefit, first.social) == (
        *("Lù Văn Páo", 2, 14_000_000),
        1,
    )
    assert (first.best_title, first.unit, first.education) == ("Lò lớn", B, "Đại học")
    assert (second.eligible, second.benefit, second.best_title) == (2, 0, "Mới nhất")
    apart = persons(store, "stage1", "unit")
    assert [(one.name, one.unit, one.eligible) for one in apart] == [
        ("Lù Văn Páo", A, 1),
        ("Lù Văn Páo", B, 1),
        ("Vàng Thị Dợ", A, 2),
    ]
    with store.reading() as connection:
        yearly = kept.yearly_benefits(connection, LATE)
    assert sum(yearly[first.person_id].values()) > 14_000_000


def test_a_person_stands_once_in_each_object_group(store: Store) -> None:
    pao = author("Lù Văn Páo", 1986)
    enter(store, "2022-02-01", authors=(pao,), object_group="Cán bộ công đoàn")
    enter(store, "2022-02-02", authors=(pao,), object_group="Viên chức")
    found = persons(store, "stage1", "object_group")
    assert [(one.object_group, one.eligible) for one in found] == [
        ("Cán bộ công đoàn", 1),
        ("Viên chức", 1),
    ]


@pytest.fixture
def teams(store: Store) -> Store:
    """Two teams of one unit, one of them spelt in two ways, and a namesake in another unit."""
    pao, do = (
        author("Lù Văn Páo", 1986, team="Tổ lò hơi", share=50),
        author("Vàng Thị Dợ", 1992, team="TỔ LÒ HƠI", share=50, credited=False),
    )
    enter(store, "2022-02-01", authors=(pao, do))
    enter(store, "2022-02-02", authors=(replace(pao, share=100),))
    enter(store, "2022-02-03", authors=(author("Lò Văn Ba", 1990, team="Tổ điện"),))
    enter(store, "2022-02-04", B, Q, authors=(author("Lò Thị Tư", 1991, team="Tổ lò hơi"),))
    return store


def test_teams_are_counted_by_different_authors_within_their_unit(teams: Store) -> None:
    with teams.reading() as connection:
        period = periods.period_of("stage1", teams.programme)
        found = kept.team_standings(connection, period, LATE)
    assert [(one.unit, one.superior, one.authors, one.counts.eligible) for one in found] == [
        ("Tổ lò hơi", A, 2, 2),
        ("Tổ điện", A, 1, 1),
        ("Tổ lò hơi", B, 1, 1),
    ]


def test_teams_are_ranked_within_their_unit(teams: Store) -> None:
    award = Award(
        *("teams", "Tổ, đội", "KT-07", "team", "stage"),
        within="grassroots",
        ranked_by="authors",
        first=1,
    )
    listed = shortlist(teams, award, "stage1").entries
    assert [(one.unit, one.circle, one.rank, one.qualifies) for one in listed] == [
        ("Tổ lò hơi", A, 1, True),
        ("Tổ điện", A, 2, False),
        ("Tổ lò hơi", B, 1, True),
    ]


def test_every_rule_about_units_is_judged_on_what_the_store_holds(districts: Store) -> None:
    with districts.reading() as connection:
        period = periods.period_of("stage1", districts.programme)
        tree = unit_tree(connection, LATE)
        (unit,) = (key for key in tree.order if tree.names[key] == P)
        case = kept.unit_case(connection, districts.programme, period, LATE, unit)
        assert kept.last_entered(connection) == date(2022, 4, 1)
        with pytest.raises(LookupError):
            kept.unit_case(connection, districts.programme, period, LATE, 9999)
    found = {one.rule: one for one in awards.judged(case)}
    results = {rule: str(one.result) for rule, one in found.items() if one.applies}
    assert results == {
        **dict.fromkeys(("CT-03", "CT-05", "CT-06", "KT-06", "KT-08"), "pass"),
        **dict.fromkeys(("CT-01", "CT-02", "KT-02", "QT-04"), "fail"),
        **dict.fromkeys(("KT-01", "KT-07", "QT-03"), "pass"),
        "KT-04": "review",
    }
    # 3 were reached on 31/3/2022, 61 days before 31/5/2022.
    assert "61" in found["CT-06"].message


def test_great_initiatives_and_details_are_counted(store: Store) -> None:
    enter(store, "2022-02-01", benefit=100_000_000, social_benefit="")
    enter(store, "2022-02-02", benefit=99_999_999, social_benefit="Bớt khói bụi cho cả bản")
    enter(store, "2022-02-03", benefit=None, content="")
    with store.reading() as connection:
        for key in ("stage1", "total", "2022-Q1"):
            when = (periods.period_of(key, store.programme), LATE)
            money = kept.great_initiatives(connection, *when, least_benefit=100_000_000)
            deep = kept.deep_initiatives(connection, *when, least_letters=20)
            assert [one.benefit for one in money] == [100_000_000]
            assert [one.benefit for one in deep] == [99_999_999]
            tree = unit_tree(connection, LATE)
            filled = kept.filled_details(connection, tree, *when)
            (top,) = (unit for unit in tree.order if tree.names[unit] == P)
            assert (filled[top]["content"], filled[top]["value"], filled[top]["effect"]) == (
                2,
                2,
                3,
            )


def test_the_number_of_statements_does_not_grow_with_people_and_units(districts: Store) -> None:
    award = Award("p", "Cá nhân", "KT-05", "person", "month", within="grassroots")

    def statements() -> int:
        seen: list[str] = []
        with districts.reading() as connection:
            connection.set_trace_callback(seen.append)  # type: ignore[attr-defined] # the driver's
            for one in (QUARTER, award, replace(award, to="team")):
                period = periods.period_of("stage1", districts.programme)
                kept.contestants(connection, districts.programme, one, period, LATE)
            connection.set_trace_callback(None)  # type: ignore[attr-defined] # the driver's
        return len(seen)

    before = statements()
    for number in range(6):
        name = f"CĐCS Xã {number}"
        enter(districts, "2022-03-01", name, authors=(author(f"Người Số {number}", 1980),))
    assert statements() == before > 3


# --- Groups, honours, support teams --------------------------------------------------------------


def test_a_group_is_put_right_made_anew_each_year_and_undone(districts: Store) -> None:
    do = districts.journal.do
    do(RecordEmulationGroup("Cụm 1", 2023, (Q,)))
    do(RecordEmulationGroup("CỤM 1", 2022, (P,), leader=P))
    with districts.reading() as connection:
        newest, older = kept.emulation_groups(connection)
        assert (newest.year, list(newest.members.values()), newest.leader) == (2023, [Q], "")
        assert (older.name, list(older.members.values()), older.leader) == ("CỤM 1", [P], P)
    districts.journal.undo()
    with districts.reading() as connection:
        (back,) = kept.emulation_groups(connection, 2022)
        assert list(back.members.values()) == [P, Q]
    do(RemoveEmulationGroup(back.group_id))
    with districts.reading() as connection:
        assert kept.emulation_groups(connection, 2022) == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (RecordEmulationGroup("Cụm 2", 2022, (P,)), "emulation.elsewhere"),
        (RecordEmulationGroup("Cụm 2", 2023, (P, P.upper())), "emulation.twice"),
        (RecordEmulationGroup("Cụm 2", 2023, ("LĐLĐ huyện nào",)), "unit.unknown"),
        (RecordEmulationGroup("Cụm 2", 2023, (P,), leader=Q), "emulation.leader"),
        (RecordEmulationGroup(" ", 2023, (P,)), "emulation.name"),
        (RecordEmulationGroup("Cụm 2", 23, (P,)), "emulation.year"),
        (RecordEmulationGroup("Cụm 2", 2023, ()), "emulation.members"),
        (RemoveEmulationGroup(99), "emulation.gone"),
        (RecordHonour(), "honour.who"),
        (RecordHonour(P, person_id=1), "honour.who"),
        (RecordHonour(person_id=9999, period="stage1"), "honour.person"),
        (RecordHonour(P), "honour.period"),
        (RecordHonour(P, period="stage9"), "period.unknown"),
        (RecordHonour(P, period="stage1", award="xyz"), "honour.award"),
        (RecordHonour(P, campaign_id=99), "honour.campaign"),
        (RemoveHonour(99), "honour.gone"),
        (RecordSupportTeam("CĐCS nào đó"), "unit.unknown"),
        (RecordSupportTeam(A, (MemberDraft(" ", "Tổ trưởng"),)), "support.name"),
        (RecordAgreement(A, " "), "agreement.partner"),
    ],
)
def test_what_cannot_be_meant_is_refused(districts: Store, wrong: Any, code: str) -> None:
    with pytest.raises(UserError) as caught:
        districts.journal.do(wrong)
    assert caught.value.code == code


def test_honours_lists_are_written_once_and_taken_back(districts: Store) -> None:
    week = CampaignDraft("Tuần cao điểm", date(2022, 5, 2), date(2022, 5, 8))
    campaign = districts.journal.do(RecordCampaign(week)).result
    honour = districts.journal.do(RecordHonour(P, campaign_id=campaign)).result
    districts.journal.do(RecordHonour(person_id=1, period="stage1", listed=date(2022, 6, 10)))
    for again in (
        RecordHonour(P, campaign_id=campaign),
        RecordHonour(person_id=1, period="stage1"),
    ):
        with pytest.raises(UserError) as caught:
            districts.journal.do(again)
        assert caught.value.code == "honour.twice"
    with districts.reading() as connection:
        found = kept.honours(connection, districts.programme.code)
        assert {(one.unit, one.period) for one in found} == {
            (P, f"campaign:own{campaign}"),
            ("", "stage1"),
        }
        (person,) = kept.honours(connection, districts.programme.code, "stage1")
        assert (person.person, person.listed) == ("Lù Văn Páo", "2022-06-10")
    districts.journal.do(RemoveHonour(honour))
    with districts.reading() as connection:
        assert len(kept.honours(connection, districts.programme.code)) == 1


def test_a_support_team_and_an_agreement_are_kept_and_put_right(districts: Store) -> None:
    do = districts.journal.do
    members = (MemberDraft("Lò Văn Ba", "Tổ trưởng", "0912000111"), MemberDraft(""))
    do(RecordSupportTeam(A, members, "05/QĐ-CĐCS", date(2022, 1, 20)))
    do(RecordSupportTeam(A, (*members, MemberDraft("Lò Thị Tư")), "05/QĐ-CĐCS", date(2022, 1, 20)))
    do(RecordAgreement(A, "Hiệu trưởng", date(2022, 2, 1)))
    do(RecordAgreement(A, "Hiệu trưởng", date(2022, 2, 2)))
    with districts.reading() as connection:
        (team,) = kept.support_teams(connection)
        (agreement,) = kept.agreements(connection)
    assert [name for name, _role, _phone in team.members] == ["Lò Văn Ba", "Lò Thị Tư"]
    assert (team.unit, team.decided, agreement.signed_on) == (A, "2022-01-20", "2022-02-02")
    found = {one.unit: one for one in units(districts, "stage1")}
    assert (found[A].support_team, found[A].agreement) == (True, True)
    assert (found[B].support_team, found[P].support_team) == (False, None)
