"""What the portal says is kept, and only what waits for it is marked."""

import pytest

from desktop.models import register
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.actions.portal import MarkSent, RecordExport, SetPortalState
from desktop.models.store import Store
from desktop.models.values import PortalState
from desktop.vietnamese.dates import Moment
from tests.stores import complete

NOON = Moment.fromiso("2022-06-14T12:00:00+07:00")


def state(store: Store, key: int) -> str:
    with store.reading() as connection:
        return register.rows(connection, [key])[key].portal_state


@pytest.fixture
def waiting(store: Store) -> int:
    draft = complete(sent=None, portal_state="unsent")
    return int(store.journal.do(RecordInitiative(draft)).result)


def test_exporting_alone_does_not_send(store: Store, waiting: int) -> None:
    store.journal.do(RecordExport("cong_1tr_v1", "a.xlsx", "0" * 64, (waiting,)))
    assert state(store, waiting) == PortalState.EXPORTED
    with store.reading() as connection:
        row = connection.execute("SELECT sent FROM initiative").fetchone()
    assert row == (None,)


def test_entering_on_the_portal_marks_what_was_exported(store: Store, waiting: int) -> None:
    store.journal.do(RecordExport("cong_1tr_v1", "a.xlsx", "0" * 64, (waiting,)))
    store.journal.do(MarkSent((waiting,), NOON))
    assert state(store, waiting) == PortalState.SENT


def test_what_the_portal_has_decided_is_not_marked_back(store: Store, waiting: int) -> None:
    store.journal.do(SetPortalState((waiting,), PortalState.ACCEPTED))
    store.journal.do(MarkSent((waiting,), NOON))
    assert state(store, waiting) == PortalState.ACCEPTED


def test_marking_as_sent_is_one_change_of_each_initiative(store: Store, waiting: int) -> None:
    entry = store.journal.do(MarkSent((waiting,), NOON, "C-17")).entry
    with store.reading() as connection:
        sql = "SELECT count(*) FROM journal_change WHERE entry_id = ?"
        assert connection.execute(sql, (entry,)).fetchone() == (1,)
        row = connection.execute(
            "SELECT sent, portal_code, portal_state FROM initiative"
        ).fetchone()
    assert row == (NOON.isoformat(), "C-17", "sent")


def test_marking_without_a_code_keeps_the_code_that_is_there(store: Store, waiting: int) -> None:
    store.journal.do(MarkSent((waiting,), NOON, "C-17"))
    store.journal.do(MarkSent((waiting,), NOON))
    with store.reading() as connection:
        assert connection.execute("SELECT portal_code FROM initiative").fetchone() == ("C-17",)
