"""Figures of units over periods, on real stores: dated trees, targets, people, partitions."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import UserError
from desktop.models import figures
from desktop.models.actions.campaigns import (
    CampaignDraft,
    RecordCampaign,
    RemoveCampaign,
    ReviseCampaign,
)
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
)
from desktop.models.actions.units import (
    HeadcountDraft,
    RecordHeadcount,
    RecordUnits,
    SetTargets,
    TargetDraft,
    UnitDraft,
    find_unit,
)
from desktop.models.entry import InitiativeDraft
from desktop.models.journal import Context
from desktop.models.records import (
    EmulationGroup,
    EmulationMember,
    Honour,
    SupportTeam,
    Unit,
    UnitParent,
)
from desktop.models.standings import own_campaigns, targets_off_total, unit_standings
from desktop.models.store import Store, open_store
from desktop.models.tree import unit_tree
from desktop.programme import periods
from desktop.programme.definition import Programme
from desktop.programme.progress import early
from desktop.programme.standing import Counts, Period, UnitStanding
from desktop.samples.generator import generate
from desktop.tasks.stores import DEFAULT_PROGRAMME, new_store, plain_office
from desktop.vietnamese.dates import VIETNAM, Moment, PartialDate
from tests.stores import complete

LATE = date(2024, 1, 1)
A, B, P = "CĐCS Trường A", "CĐCS Trường B", "LĐLĐ huyện Tam Đường"


@dataclass(frozen=True)
class Arrange:
    """Does in one act what no action of the program does yet in this test's way."""

    effect: Callable[[Context], None]
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        self.effect(context)


def sent(day: str, unit: str = A, superior: str = P, **changes: object) -> InitiativeDraft:
    moment = Moment.fromiso(f"{day}T09:00:00+07:00")
    return complete(unit=unit, superior=superior, sent=moment, **changes)


def standings(
    store: Store, key: str, on: date = LATE, programme: Programme | None = None
) -> dict[str, UnitStanding]:
    used = programme or store.programme
    with store.reading() as connection:
        own = own_campaigns(connection, used.code)
        period = periods.period_of(key, used, own)
        return {one.unit: one for one in unit_standings(connection, used, period, on)}


def counted(store: Store, period: Period, on: date = LATE) -> Counts:
    with store.reading() as connection:
        return figures.all_of(figures.count_units(connection, period, on).values())


# --- As of a day -------------------------------------------------------------------------------


def test_a_day_sees_what_was_there_by_its_end(store: Store) -> None:
    for day in ("2022-01-12", "2022-02-20", "2022-06-10"):
        store.journal.do(RecordInitiative(sent(day, title=f"Giải pháp {day}")))
    stage = periods.stages(store.programme)[0]
    for on, entered in ((date(2022, 1, 11), 0), (date(2022, 1, 12), 1), (date(2022, 5, 31), 2)):
        assert counted(store, stage, on).entered == entered
        # Typed in later, but on the portal by then: it was there.
        assert counted(store, stage, on).recorded == entered
    assert counted(store, stage).recorded == 3


def test_what_was_entered_while_the_portal_was_closed_counts_in_no_period(store: Store) -> None:
    closed = Moment.fromiso("2022-06-01T06:59:59+07:00")
    store.journal.do(RecordInitiative(complete(sent=closed)))
    for kind in ("programme", "stage", *periods.CALENDAR):
        for period in periods.periods(kind, store.programme):
            assert counted(store, period).entered == 0
    assert counted(store, periods.whole(store.programme)).recorded == 1


def test_verdicts_and_benefits_of_what_was_entered_are_told_apart(store: Store) -> None:
    store.journal.do(RecordInitiative(sent("2022-02-01", title="Một")))
    store.journal.do(RecordInitiative(sent("2022-02-02", title="Hai", benefit=None)))
    store.journal.do(RecordInitiative(sent("2022-02-03", title="Ba", use=PartialDate(2020, 1, 1))))
    bin_id = store.journal.do(RecordInitiative(sent("2022-02-04", title="Bốn"))).result
    store.journal.do(RemoveInitiatives((bin_id,)))
    found = counted(store, periods.period_of("2022-02", store.programme))
    assert found == Counts(3, 3, 2, 1, 0, 75_000_000, 1, 37_500_000, 1)


# --- The dated tree ----------------------------------------------------------------------------


def move(context: Context, unit: str, new: str, on: date, last: date) -> None:
    """The unit stands under its old superior until ``last``, under the new one from ``on``."""
    moved, above = find_unit(context.session, unit), find_unit(context.session, new)
    assert moved is not None
    branch = context.session.query(UnitParent).filter_by(unit_id=moved.id).one()
    branch.valid_to = last.isoformat()
    if above is not None:
        context.session.add(
            UnitParent(unit_id=moved.id, parent_id=above.id, valid_from=on.isoformat())
        )


def test_each_report_has_the_tree_of_its_day(store: Store) -> None:
    store.journal.do(RecordUnits((UnitDraft("LĐLĐ tỉnh"), UnitDraft("LĐLĐ huyện Sìn Hồ"))))
    for number, day in enumerate(("2022-03-01", "2022-07-01")):
        store.journal.do(RecordInitiative(sent(day, title=f"Giải pháp {number}")))
    change = (A, "LĐLĐ huyện Sìn Hồ", date(2022, 7, 1), date(2022, 6, 30))
    store.journal.do(Arrange(lambda context: move(context, *change)))
    before, after = standings(store, "stage1"), standings(store, "stage2")
    assert (before[P].counts.entered, before["LĐLĐ huyện Sìn Hồ"].counts.entered) == (1, 0)
    assert (after[P].counts.entered, after["LĐLĐ huyện Sìn Hồ"].counts.entered) == (0, 1)
    assert (before[A].superior, after[A].superior) == (P, "LĐLĐ huyện Sìn Hồ")
    # As of a day before the move, the second stage stood under the first superior, too.
    assert standings(store, "stage2", date(2022, 6, 30))[A].superior == P


def test_a_unit_that_has_ended_is_still_in_the_reports_of_its_time(store: Store) -> None:
    store.journal.do(RecordInitiative(sent("2022-03-01")))
    ended = (A, "", date(2022, 6, 1), date(2022, 5, 31))
    store.journal.do(Arrange(lambda context: move(context, *ended)))
    assert standings(store, "stage1")[P].counts.entered == 1
    later = standings(store, "stage2")
    assert later[A].superior == ""
    assert later[P].counts.recorded == 0


def test_branches_that_cross_make_no_circle(store: Store) -> None:
    store.journal.do(RecordUnits((UnitDraft(A, P),)))

    def cross(context: Context) -> None:
        above, below = (find_unit(context.session, name) for name in (P, A))
        assert above is not None
        assert below is not None
        context.session.add(UnitParent(unit_id=above.id, parent_id=below.id))

    store.journal.do(Arrange(cross))
    with store.reading() as connection:
        tree = unit_tree(connection, LATE)
    assert len(tree.order) == len(tree.names)
    assert [tree.ancestors(unit) for unit in tree.order].count(()) == 1


# --- Targets -----------------------------------------------------------------------------------


def target(value: int, period: str = "stage1", **more: object) -> TargetDraft:
    return replace(TargetDraft(P, period, value), **more)  # type: ignore[arg-type]


def test_a_plan_takes_the_place_of_those_of_its_own_origin_only(store: Store) -> None:
    store.journal.do(SetTargets((target(95), target(180, "total"))))
    store.journal.do(SetTargets((target(100, origin="pledged"),)))
    store.journal.do(SetTargets((target(90),)))
    found = standings(store, "stage1")[P]
    assert (found.given, found.pledged) == (90, 100)
    store.journal.undo()
    assert standings(store, "total")[P].given == 180
    store.journal.do(SetTargets(()))
    assert standings(store, "stage1")[P].pledged is None


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ((target(1, "stage3"),), "period.unknown"),
        ((target(-1),), "unit.number"),
        ((target(1), target(2)), "target.twice"),
        ((target(1, dimension="group"),), "target.choice"),
    ],
)
def test_a_plan_that_cannot_be_meant_is_refused_whole(
    store: Store, wrong: tuple[TargetDraft, ...], code: str
) -> None:
    store.journal.do(SetTargets((target(95),)))
    with pytest.raises(UserError) as caught:
        store.journal.do(SetTargets((*wrong, target(5, "stage2"))))
    assert caught.value.code == code
    assert standings(store, "stage1")[P].given == 95


def test_sums_that_do_not_match_are_shown_and_kept(store: Store) -> None:
    plan = (target(180, "total"), target(95), target(86, "stage2"))
    store.journal.do(SetTargets(plan))
    with store.reading() as connection:
        (off,) = targets_off_total(connection, store.programme.code)
    assert (off.unit, off.origin, off.total, off.stages) == (P, "given", 180, 181)
    assert standings(store, "stage2")[P].given == 86


def test_counts_by_object_group_category_and_field_make_the_whole(store: Store) -> None:
    groups = ("Cán bộ công đoàn", "Công nhân lao động trong doanh nghiệp", "")
    for number, group in enumerate(groups):
        draft = sent("2022-03-01", title=f"Giải pháp {number}", object_group=group)
        store.journal.do(RecordInitiative(draft))
    period = periods.stages(store.programme)[0]
    with store.reading() as connection:
        for dimension, kinds in (("group", 3), ("category", 1), ("field", 1)):
            found = figures.count_choices(connection, period, LATE, dimension)
            assert len(found) == kinds
            assert figures.all_of(found.values()) == counted(store, period)


# --- Days and people -----------------------------------------------------------------------------


def test_the_day_a_target_was_reached_comes_from_the_running_counts(store: Store) -> None:
    for number, day in enumerate(("2022-12-09", "2022-12-10", "2022-12-10", "2023-07-31")):
        store.journal.do(RecordInitiative(sent(day, title=f"Giải pháp {number}")))
    whole = periods.whole(store.programme)
    with store.reading() as connection:
        tree = unit_tree(connection, LATE)
        (top,) = (unit for unit in tree.order if tree.names[unit] == P)
        found = figures.running_counts(connection, whole, LATE, tree.subtree(top))
        assert figures.running_counts(connection, whole, LATE, []) == []
    assert [(one.day.day, one.entered) for one in found] == [(9, 1), (10, 3), (31, 4)]
    assert early(((one.day, one.entered) for one in found), 2, whole) == 265


def test_somebody_with_initiatives_in_two_units_takes_part_once_above_them(store: Store) -> None:
    first, second = complete().authors
    born = replace(first, identity="012345678901")
    for number, unit in enumerate((A, A, B)):
        draft = sent("2022-03-01", unit, title=f"Giải pháp {number}", authors=(born, second))
        store.journal.do(RecordInitiative(draft))
    found = standings(store, "stage1")
    assert [found[name].credited for name in (A, B, P)] == [1, 1, 1]
    assert found[A].authors == 2
    assert found[P].authors >= 2
    assert standings(store, "stage2")[P].credited == 0


def test_headcounts_are_those_of_the_day_and_never_a_part(store: Store) -> None:
    store.journal.do(RecordUnits((UnitDraft(A, P, headcount=40), UnitDraft(B, P))))
    counts = (HeadcountDraft(A, date(2022, 3, 1), 50), HeadcountDraft(A, date(2022, 9, 1), 60))
    store.journal.do(RecordHeadcount(counts))
    assert [standings(store, key)[A].headcount for key in ("2022-02", "stage1")] == [40, 50]
    assert standings(store, "stage2")[A].headcount == 60
    assert standings(store, "stage1")[P].headcount is None
    store.journal.do(RecordHeadcount((HeadcountDraft(B, date(2022, 3, 1), 25),)))
    assert standings(store, "stage1")[P].headcount == 75
    store.journal.do(RecordHeadcount((HeadcountDraft(B, date(2022, 3, 1), 20),)))
    assert standings(store, "stage1")[P].headcount == 70


@pytest.mark.parametrize(("unit", "value"), [("CĐCS nào đó", 5), (A, -5)])
def test_a_headcount_of_nobody_is_refused(store: Store, unit: str, value: int) -> None:
    store.journal.do(RecordUnits((UnitDraft(A, P),)))
    with pytest.raises(UserError):
        store.journal.do(RecordHeadcount((HeadcountDraft(unit, date(2022, 3, 1), value),)))


# --- What awards ask ---------------------------------------------------------------------------


def honour(context: Context) -> None:
    """A group for each year, a name on the list of stage 1, and a support team since July 2022."""
    unit = find_unit(context.session, A)
    assert isinstance(unit, Unit)
    code = context.programme.code
    groups = [EmulationGroup(name=f"Cụm {year}", year=year) for year in (2022, 2023)]
    context.session.add_all(groups)
    context.session.flush()
    context.session.add_all(
        [
            *(EmulationMember(group_id=group.id, unit_id=unit.id) for group in groups),
            Honour(programme=code, period="stage1", unit_id=unit.id, listed="2022-06-01"),
            SupportTeam(unit_id=unit.id, decided="2022-07-01"),
        ]
    )


def test_a_standing_knows_group_honours_team_and_the_units_above(store: Store) -> None:
    units = (UnitDraft(P, "LĐLĐ tỉnh", "ldld_huyen"), UnitDraft(A, P, "cdcs"))
    store.journal.do(RecordUnits(units))
    store.journal.do(Arrange(honour))
    first, second = standings(store, "stage1")[A], standings(store, "stage2")[A]
    assert (first.group, second.group) == ("Cụm 2022", "Cụm 2023")
    assert (first.honoured, second.honoured) == (True, False)
    assert (first.support_team, second.support_team) == (False, True)
    above = standings(store, "stage1")[P]
    assert (above.support_team, above.agreement, first.agreement) == (None, None, False)
    assert len(first.ancestors) == 2
    assert first.ancestors[0] == above.unit_id


# --- Campaigns -----------------------------------------------------------------------------------

WEEK = CampaignDraft("Tuần cao điểm", date(2022, 5, 2), date(2022, 5, 8), 10, 50)


def test_an_offices_own_peak_week_counts_its_days_and_is_undone(store: Store) -> None:
    key = f"campaign:own{store.journal.do(RecordCampaign(WEEK)).result}"
    for day in ("2022-05-01", "2022-05-02", "2022-05-08", "2022-05-09"):
        store.journal.do(RecordInitiative(sent(day, title=f"Giải pháp {day}")))
    store.journal.do(SetTargets((target(7, key),)))
    found = standings(store, key)[P]
    assert (found.counts.entered, found.given) == (2, 7)
    assert (found.period.baseline, found.period.target) == (10, 50)


def test_a_campaign_can_be_changed_and_taken_away_with_its_targets(store: Store) -> None:
    number = store.journal.do(RecordCampaign(WEEK)).result
    longer = replace(WEEK, name="Tháng cao điểm", last=date(2022, 5, 31))
    store.journal.do(ReviseCampaign(number, longer))
    store.journal.do(SetTargets((target(7, f"campaign:own{number}"), target(95))))
    store.journal.do(RemoveCampaign(number))
    with store.reading() as connection:
        assert own_campaigns(connection, store.programme.code) == ()
    assert standings(store, "stage1")[P].given == 95
    with pytest.raises(UserError, match=r".") as caught:
        store.journal.do(RemoveCampaign(number))
    assert caught.value.code == "campaign.gone"
    store.journal.undo()
    with store.reading() as connection:
        (back,) = own_campaigns(connection, store.programme.code)
    assert (back.name, back.last) == ("Tháng cao điểm", date(2022, 5, 31))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"last": date(2022, 5, 1)}, "campaign.days"),
        ({"name": "  "}, "campaign.name"),
        ({"target": -1}, "campaign.number"),
        ({"name": "TUẦN cao điểm", "first": date(2022, 5, 8)}, "campaign.days"),
        ({"first": date(2022, 4, 1), "name": "tuần  cao điểm"}, "campaign.twice"),
    ],
)
def test_campaigns_that_make_no_sense_are_refused(
    store: Store, wrong: dict[str, object], code: str
) -> None:
    store.journal.do(RecordCampaign(replace(WEEK, last=date(2022, 5, 6))))
    draft = replace(WEEK, **{"last": date(2022, 5, 6), **wrong})  # type: ignore[arg-type]
    with pytest.raises(UserError) as caught:
        store.journal.do(RecordCampaign(draft))
    assert caught.value.code == code


# --- Sums and partitions -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def many(
    tmp_path_factory: pytest.TempPathFactory, programmes: dict[str, Programme]
) -> Iterator[Store]:
    """Three hundred generated records under three unions, with people in several units."""
    folder: Path = tmp_path_factory.mktemp("figures") / "store"
    clock = lambda: datetime(2023, 10, 1, tzinfo=VIETNAM)  # noqa: E731 - a clock that stands
    office = plain_office("LĐLĐ tỉnh")
    new_store(
        folder,
        programmes=programmes,
        programme=DEFAULT_PROGRAMME,
        office=office,
        user="Lan",
        clock=clock,
    )
    unions = ("LĐLĐ huyện A", "Công đoàn ngành Y tế", "Công đoàn ngành Giáo dục")
    with open_store(folder, user="Lan", clock=clock, programmes=programmes) as store:
        units = tuple(UnitDraft(name, "LĐLĐ tỉnh") for name in unions)
        store.journal.do(RecordUnits(units))
        drafts = tuple(generate(300, 3, store.programme, list(unions)))
        store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
        yield store


AS_OF = st.dates(date(2021, 12, 1), date(2023, 12, 1))


@given(AS_OF, st.sampled_from(("stage", *periods.CALENDAR)))
def test_every_record_counts_once_in_each_partition(many: Store, on: date, kind: str) -> None:
    whole = counted(many, periods.whole(many.programme), on)
    parts = [counted(many, period, on) for period in periods.periods(kind, many.programme)]
    summed = figures.all_of(parts)
    assert summed[1:] == whole[1:]
    assert whole.entered == whole.eligible + whole.ineligible + whole.review


@given(AS_OF, st.sampled_from(("total", "stage1", "2022-Q2", "2022-04", "2022-W16")))
def test_the_sums_of_the_outermost_units_are_the_total(many: Store, on: date, key: str) -> None:
    found = list(standings(many, key, on).values())
    outermost = [one.counts for one in found if not one.ancestors]
    period = periods.period_of(key, many.programme)
    assert figures.all_of(outermost) == counted(many, period, on)
    by_id = {one.unit_id: one for one in found}
    for one in found:
        for above in one.ancestors:
            assert all(a >= b for a, b in zip(by_id[above].counts, one.counts, strict=True))
            assert by_id[above].credited >= one.credited


def test_the_pass_over_the_figures_needs_no_sorting(many: Store) -> None:
    seen: list[str] = []

    class Spy:
        def execute(self, sql: str, parameters: tuple[object, ...] = ()) -> object:
            with many.reading() as connection:
                plan = connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters).fetchall()
                seen.append(str(plan))
                return connection.execute(sql, parameters)

    figures.count_units(Spy(), periods.whole(many.programme), LATE)  # type: ignore[arg-type]
    assert len(seen) == 1
    assert "COVERING INDEX ix_listing_figures" in seen[0]
    assert "TEMP B-TREE" not in seen[0]


def test_the_older_figures_agree_with_those_of_the_whole_programme(many: Store) -> None:
    with many.reading() as connection:
        overall = figures.overall(connection)
    whole = counted(many, periods.whole(many.programme))
    assert overall.recorded == whole.recorded == 300
    assert sum(overall.by_stage.values()) == whole.entered
