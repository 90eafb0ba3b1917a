"""The books of an office: numbers by year that stay, who received, what went out."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar

from desktop.models.actions.councils import RecordCouncil, RecordResults, RecordSession, ResultDraft
from desktop.models.actions.initiatives import RecordInitiative, RemoveInitiatives
from desktop.models.actions.support_teams import MemberDraft, RecordSupportTeam
from desktop.models.dossiers import Reception, TeamMember
from desktop.models.issuing import written_down
from desktop.models.journal import Context
from desktop.models.records import Commendation
from desktop.models.registers import outgoing, receptions, support_sheets, written_by_hand
from desktop.models.store import Store
from tests.stores import complete

UNIT = "LĐLĐ huyện Tam Đường"


def record(store: Store, *titles: str) -> list[int]:
    return [store.journal.do(RecordInitiative(complete(title=title))).result for title in titles]


def received(store: Store, ids: list[int]) -> tuple[Reception, ...]:
    with store.reading() as connection:
        return receptions(connection, ids)


def test_numbers_run_in_the_order_of_recording_and_ids_keep_theirs(store: Store) -> None:
    ids = record(store, "Bể lọc nước", "Sổ tay song ngữ", "Máng rửa hai tầng")
    today = store.clock().date()
    found = received(store, ids[::-1])
    assert [(one.initiative_id, one.number) for one in found] == list(
        zip(ids[::-1], (3, 2, 1), strict=True)
    )
    assert {(one.received, one.receiver) for one in found} == {(today, "Lan")}


def test_a_clock_that_was_put_back_takes_no_number_from_what_has_one(store: Store) -> None:
    now, ids = store.clock(), list[int]()
    for back in (0, 1, 2):
        earlier = now - timedelta(days=back)
        store.clock = store.journal._clock = lambda at=earlier: at  # type: ignore[misc] # bound now
        ids += record(store, f"Việc {back}")
    found = received(store, ids)
    assert [one.number for one in found] == [1, 2, 3]
    assert [one.received for one in found] == [now.date() - timedelta(days=n) for n in (0, 1, 2)]


def test_a_number_is_not_used_again_for_what_lies_in_the_recycle_bin(store: Store) -> None:
    ids = record(store, "Bể lọc nước", "Sổ tay song ngữ")
    store.journal.do(RemoveInitiatives((ids[0],)))
    ids += record(store, "Máng rửa hai tầng")
    assert [one.number for one in received(store, ids[1:])] == [2, 3]


def test_the_newest_session_says_where_an_initiative_stands(store: Store) -> None:
    ids = record(store, "Bể lọc nước", "Sổ tay song ngữ")
    council = store.journal.do(RecordCouncil("Hội đồng sáng kiến", UNIT)).result
    for day, outcome in ((date(2022, 9, 1), "passed"), (date(2022, 8, 4), "failed")):
        session = store.journal.do(RecordSession(council, day)).result
        found = ResultDraft(ids[0], outcome, None, None, None, "")
        store.journal.do(RecordResults(session, (found,)))
    first, second = received(store, ids)
    assert (first.to_council, first.outcome) == (date(2022, 9, 1), "passed")
    assert (second.to_council, second.outcome) == (None, "")


def test_only_the_offices_own_numbered_decisions_went_out(store: Store) -> None:
    (_one,) = record(store, "Bể lọc nước")
    team = RecordSupportTeam(UNIT, (MemberDraft("Lò Thị Ân", "Tổ trưởng"),), "05/QĐ-LĐLĐ",
                             date(2022, 2, 15))  # fmt: skip
    store.journal.do(team)
    with store.reading() as connection:
        own = outgoing(connection, UNIT)
        others = outgoing(connection, "LĐLĐ huyện Phong Thổ")
        (sheet,) = support_sheets(connection)
    assert [(line.number, line.issued) for line in own] == [("05/QĐ-LĐLĐ", date(2022, 2, 15))]
    assert others == ()
    assert sheet.members == (TeamMember("Lò Thị Ân", "Tổ trưởng", ""),)
    assert (sheet.unit, sheet.number) == (UNIT, "05/QĐ-LĐLĐ")


def test_a_decision_of_recognition_went_out_where_the_office_issued_it(store: Store) -> None:
    draft = complete(title="Bể lọc nước")
    assert draft.decision is not None
    store.journal.do(RecordInitiative(draft))
    with store.reading() as connection:
        (line,) = outgoing(connection, draft.decision.issuer.upper())
    assert line.number == draft.decision.number
    assert line.subject.startswith("Quyết định ")


@dataclass(frozen=True, slots=True)
class Commend:
    """Keep a commendation under a decision of a programme, as a store of before has it."""

    programme: str
    number: str
    bulk: ClassVar[bool] = False

    def __call__(self, context: Context) -> None:
        """Keep it."""
        row = Commendation(programme=self.programme, form="Giấy khen", state="given")
        row.decision_number, row.decided = self.number, "2022-03-01"
        context.session.add(row)


def test_commendations_of_every_programme_went_out_under_the_offices_numbers(store: Store) -> None:
    for programme, number in ((store.programme.code, "06/QĐ-LĐLĐ"), ("before", "41/QĐ-LĐLĐ")):
        store.journal.do(Commend(programme, number))
    with store.reading() as connection:
        lines = outgoing(connection, UNIT)
        floors = written_down(written_by_hand(connection, UNIT), ["QĐ"])
    assert [line.number for line in lines] == ["06/QĐ-LĐLĐ", "41/QĐ-LĐLĐ"]
    assert floors == {(2022, "QĐ"): 41}


def test_nothing_is_asked_of_no_initiatives(store: Store) -> None:
    assert received(store, []) == ()
