"""Sessions read back whole, the figures of a report, and the commendations kept."""

from datetime import date
from decimal import Decimal

import pytest

from desktop.models.actions.councils import (
    RecordCouncil,
    RecordResults,
    RecordSession,
    ResultDraft,
)
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.office import ProposeCommendations
from desktop.models.actions.units import RecordUnits, SetTargets, TargetDraft, UnitDraft
from desktop.models.reports import kept_commendations, result_figures
from desktop.models.sittings import sitting, sitting_of
from desktop.models.store import Store
from desktop.programme import periods
from desktop.vietnamese.dates import Moment
from tests.stores import complete

LATE = date(2024, 1, 1)
SENT = Moment.fromiso("2022-03-01T09:00:00+07:00")
P, A, B = "LĐLĐ huyện Tam Đường", "CĐCS Trường A", "CĐCS Trường B"


@pytest.fixture
def council(store: Store) -> int:
    members = (("Lò Văn Một", "Giám đốc", "Chủ tịch"), ("Lò Thị Hai", "", "Thư ký"))
    return int(store.journal.do(RecordCouncil("Hội đồng A", "", "QĐ 05", members)).result)


def record(store: Store, title: str, day: str = "2022-03-01", unit: str = A) -> int:
    moment = Moment.fromiso(f"{day}T09:00:00+07:00")
    draft = complete(title=title, unit=unit, superior=P, sent=moment)
    return int(store.journal.do(RecordInitiative(draft)).result)


def hold(store: Store, council: int, day: date, *results: ResultDraft) -> int:
    session = store.journal.do(RecordSession(council, day, "Phòng họp", "Lò Văn Một")).result
    store.journal.do(RecordResults(session, results))
    return int(session)


def test_a_session_comes_back_with_its_members_and_findings(store: Store, council: int) -> None:
    first = record(store, "Bể lọc nước")
    result = ResultDraft(first, "passed", Decimal("86.5"), 5, 1, "Tốt")
    session = hold(store, council, date(2022, 5, 4), result)
    with store.reading() as connection:
        found = sitting(connection, session)
    assert (found.council, found.established, found.held) == (
        "Hội đồng A",
        "QĐ 05",
        date(2022, 5, 4),
    )
    assert [(one.name, one.role) for one in found.members] == [
        ("Lò Văn Một", "Chủ tịch"),
        ("Lò Thị Hai", "Thư ký"),
    ]
    (line,) = found.results
    assert (line.title, line.outcome, line.score) == ("Bể lọc nước", "passed", Decimal("86.5"))
    assert (line.votes_for, line.votes_against, line.note) == (5, 1, "Tốt")


def test_the_session_that_dealt_with_an_initiative_goes_before_a_newer_one(
    store: Store, council: int
) -> None:
    first, second = record(store, "Bể lọc nước"), record(store, "Máng rửa")
    hold(store, council, date(2022, 5, 4), ResultDraft(first, "passed"))
    hold(store, council, date(2022, 8, 9), ResultDraft(second, "failed"))
    with store.reading() as connection:
        mine, newest = sitting_of(connection, [first]), sitting_of(connection, [])
    assert mine is not None
    assert newest is not None
    assert (mine.held, [one.initiative_id for one in mine.results]) == (date(2022, 5, 4), [first])
    assert newest.held == date(2022, 8, 9)


def test_the_last_word_on_an_initiative_counts(store: Store, council: int) -> None:
    first = record(store, "Bể lọc nước")
    session = hold(store, council, date(2022, 5, 4), ResultDraft(first, "failed"))
    store.journal.do(RecordResults(session, (ResultDraft(first, "passed"),)))
    with store.reading() as connection:
        assert [one.outcome for one in sitting(connection, session).results] == ["passed"]


def test_a_store_without_sessions_has_none(store: Store) -> None:
    with store.reading() as connection:
        assert sitting_of(connection, []) is None
        with pytest.raises(LookupError):
            sitting(connection, 7)


def test_the_figures_are_those_of_the_units_and_of_the_whole(store: Store) -> None:
    units = (
        UnitDraft(P, kind="ldld_huyen"),
        UnitDraft(A, P, "cdcs", 20),
        UnitDraft(B, P, "cdcs", 5),
    )
    store.journal.do(RecordUnits(units))
    store.journal.do(SetTargets((TargetDraft(A, "total", 2), TargetDraft(A, "stage1", 1))))
    for number in range(3):
        record(store, f"Giải pháp {number}")
    record(store, "Giải pháp khác", "2022-07-01", B)
    with store.reading() as connection:
        whole = periods.whole(store.programme)
        found = result_figures(connection, store.programme, whole, LATE)
    unit, other = found.units
    assert (other.name, other.target, other.entered) == (B, None, 1)
    assert (unit.name, unit.target, unit.entered, unit.people, unit.headcount) == (A, 2, 3, 1, 20)
    assert (found.whole.entered, found.whole.target, found.whole.people) == (4, 2, 1)
    assert [(one.target, one.entered) for one in found.stages] == [(1, 3), (None, 1)]
    assert sum(one.entered for one in found.categories) == 4
    assert sum(one.entered for one in found.groups) == 4
    assert len(found.best) == found.whole.eligible == 3
    assert "Giải pháp" in found.best[0]


def test_a_topmost_unit_beside_the_offices_own_is_listed_itself_and_last(store: Store) -> None:
    aside, below = "Công đoàn các khu công nghiệp", "CĐCS Hoa Sen"
    store.journal.do(RecordUnits((UnitDraft(aside), UnitDraft(below, aside, "cdcs"))))
    store.journal.do(RecordUnits((UnitDraft(P), UnitDraft(A, P, "cdcs"))))
    store.journal.do(SetTargets((TargetDraft(A, "total", 2),)))
    record(store, "Bể lọc nước")
    store.journal.do(
        RecordInitiative(complete(title="Máng rửa", unit=below, superior=aside, sent=SENT))
    )
    with store.reading() as connection:
        whole = periods.whole(store.programme)
        found = result_figures(connection, store.programme, whole, LATE)
    assert [(one.name, one.entered) for one in found.units] == [(A, 1), (aside, 1)]


def test_the_figures_end_with_the_day_asked_for(store: Store) -> None:
    record(store, "Sớm", "2022-02-01")
    record(store, "Muộn", "2022-05-01")
    with store.reading() as connection:
        whole = periods.whole(store.programme)
        early = result_figures(connection, store.programme, whole, date(2022, 3, 1))
    assert (early.until, early.whole.entered) == (date(2022, 3, 1), 1)
    assert len(early.stages) == 1


def test_kept_commendations_name_person_and_form(store: Store) -> None:
    first = record(store, "Bể lọc nước")
    with store.reading() as connection:
        person, unit = connection.execute("SELECT credited_id, unit_id FROM listing").fetchone()
    store.journal.do(ProposeCommendations("Bằng khen", ((person, unit, first),)))
    with store.reading() as connection:
        (line,) = kept_commendations(connection, store.programme.code)
        other = kept_commendations(connection, "X")
    assert (line.person, line.unit, line.initiative_id) == (complete().authors[0].name, A, first)
    assert (line.form, line.amount, other) == ("Bằng khen", None, ())
