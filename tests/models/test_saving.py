"""A save looks at its own rows alone, however many others there are."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models import reading, register
from desktop.models.actions.decisions import RecordDecision
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    ReviseInitiative,
    ReviseMany,
)
from desktop.models.actions.portal import MarkSent, RecordExport, SetPortalState
from desktop.models.entry import AuthorDraft, DecisionDraft
from desktop.models.register import Listing, ids
from desktop.models.store import Store
from desktop.models.values import PortalState
from desktop.vietnamese.dates import Moment
from tests.models.conftest import content_of
from tests.stores import complete

GROWING = frozenset(
    {
        *("initiative", "authorship", "person", "decision", "attachment", "overruling"),
        *("listing", "verdict", "digest", "alike", "likeness", "lookalike_ruling"),
        *("journal_change", "journal_range"),
    }
)
"""The tables that grow with the records: reading one of them whole is slow in a large store."""


def new(_store: Store) -> Any:
    return RecordInitiative(complete(code="", title="Máy gặt lúa trên nương dốc"))


def revised(store: Store) -> Any:
    with store.reading() as connection:
        draft = reading.drafts(connection, [7])[7]
    return ReviseInitiative(7, replace(draft, title="Máy gặt lúa cầm tay", conditions="Có điện"))


def removed(_store: Store) -> Any:
    return RemoveInitiatives((7,))


def read_whole(store: Store, statements: list[str]) -> set[str]:
    """The growing tables of which some statement reads every row."""
    found: set[str] = set()
    for statement in statements:
        if statement.split()[0] in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            with store.reading() as connection:
                plan = connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            # A table is named in the plan by its alias, where the statement gives it one.
            named = re.findall(r"(?:FROM|JOIN) (\w+) (\w+)", statement)
            aliases = {str(alias): str(table) for table, alias in named}
            scanned = [re.match(r"SCAN (\w+)", line[3]) for line in plan]
            found |= {aliases.get(str(one[1]), str(one[1])) for one in scanned if one}
    return found & GROWING


def asked(store: Store, action: Any) -> list[str]:
    """The statements that an act's save issues."""
    with store._engine.connect() as outer:
        driver: Any = outer.connection.driver_connection
    told: list[str] = []
    driver.set_trace_callback(told.append)
    store.journal.do(action)
    driver.set_trace_callback(None)
    return [one for one in told if not one.startswith("--")]


@pytest.mark.parametrize("made", [new, revised, removed])
def test_no_save_reads_a_growing_table_whole(store: Store, made: Callable[[Store], Any]) -> None:
    drafts = tuple(complete(code="", title=f"Việc số {number}") for number in range(20))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    statements = asked(store, made(store))
    assert len(statements) > 40
    assert read_whole(store, statements) == set()


def test_a_read_of_every_row_is_told_from_one_by_index(store: Store) -> None:
    assert read_whole(store, ["SELECT i.id FROM initiative i WHERE i.title = 'a'"]) == {
        "initiative"
    }
    assert read_whole(store, ["SELECT count(*) FROM listing"]) == {"listing"}
    assert read_whole(store, ["SELECT i.id FROM initiative i WHERE i.code = 'a'"]) == set()


def derived_writes(store: Store, **changes: Any) -> set[str]:
    """What of the list and the search is written when these fields of a record are revised."""
    (key,) = store.journal.do(ImportInitiatives((complete(code=""),), "a.xlsx")).result
    with store.reading() as connection:
        draft = replace(reading.drafts(connection, [key])[key], **changes)
    found: set[str] = set()
    for statement in asked(store, ReviseInitiative(key, draft)):
        written = re.match(
            r'(?:DELETE FROM|INSERT INTO) (search) |UPDATE "listing" SET (.*) WHERE', statement
        )
        if written:
            found |= {written[1]} if written[1] else set(re.findall(r'"(\w+)" =', written[2]))
    return found


def test_a_revision_writes_of_the_list_and_the_search_only_what_it_changes(store: Store) -> None:
    titled = derived_writes(store, title="Máy cấy lúa trên nương")
    assert titled == {"revision", "title", "title_sort", "search"}
    assert derived_writes(store, conditions="Có điện", secrets="Không") == {"revision"}
    assert derived_writes(store, benefit=7_000_000, benefit_months=12) == {"revision", "benefit"}
    assert derived_writes(store, category="1.2") == {"revision", "category", "search"}


@pytest.mark.parametrize(
    ("changes", "typed"),
    [
        ({"title": "Lò sấy thóc"}, "lo say"),
        ({"content": "Dùng khói rơm"}, "khoi rom"),
        ({"decision": DecisionDraft(number="77/QĐ-X")}, "77/qd-x"),
        ({"authors": (AuthorDraft("Giàng A Páo"),)}, "giang a pao"),
        ({"unit": "CĐCS Bản Mới"}, "ban moi"),
    ],
)
def test_what_a_revision_says_is_found_and_what_it_said_before_is_not(
    store: Store, changes: dict[str, Any], typed: str
) -> None:
    (key,) = store.journal.do(ImportInitiatives((complete(code=""),), "a.xlsx")).result
    with store.reading() as connection:
        draft = reading.drafts(connection, [key])[key]
        store.journal.do(ReviseInitiative(key, replace(draft, **changes)))
        assert list(ids(connection, Listing(words=typed))) == [key]
        store.journal.do(ReviseInitiative(key, draft))
        assert list(ids(connection, Listing(words=typed))) == []
        assert list(ids(connection, Listing(words=draft.title))) == [key]


def records(store: Store) -> list[Any]:
    """The initiatives and what the list shows of them."""
    with store.reading() as connection:
        every = connection.execute("SELECT * FROM initiative ORDER BY id").fetchall()
        found = [row[0] for row in every]
        lines = register.rows(connection, found)
        return [every, [lines[key] for key in found]]


NOON = Moment.fromiso("2022-06-14T12:00:00+07:00")
ON_MANY: dict[str, Callable[[tuple[int, ...]], Any]] = {
    "export": lambda ids: RecordExport("cong_1tr_v1", "a.xlsx", "0" * 64, ids),
    "sent": lambda ids: MarkSent(ids, NOON),
    "state": lambda ids: SetPortalState(ids, PortalState.ACCEPTED),
    "bin": RemoveInitiatives,
    "fields": lambda ids: ReviseMany(ids, {"category": "1.2"}),
    "decision": lambda ids: RecordDecision(DecisionDraft(number="01/QĐ"), ids),
}


@pytest.mark.parametrize("act", ON_MANY)
def test_an_act_on_many_is_written_at_once_and_undone(store: Store, act: str) -> None:
    drafts = tuple(
        complete(code="", title=f"Việc {n}", sent=None, portal_state="unsent") for n in range(60)
    )
    ids = store.journal.do(ImportInitiatives(drafts, "a.xlsx")).result
    kept = records(store)
    said = asked(store, ON_MANY[act](tuple(ids)))
    # While a trigger is at work its statement is told again, in the same words.
    assert len({one for one in said if one.startswith('UPDATE "initiative" SET')}) <= 1
    assert not [one for one in said if one.startswith("SELECT initiative.")]
    assert records(store) != kept
    store.journal.undo()
    assert records(store) == kept


@pytest.mark.parametrize("act", ON_MANY)
def test_an_act_on_one_that_is_gone_changes_none(store: Store, act: str) -> None:
    (key,) = store.journal.do(ImportInitiatives((complete(),), "a.xlsx")).result
    before = content_of(store.folder)
    with pytest.raises(UserError) as told:
        store.journal.do(ON_MANY[act]((key, key + 1)))
    assert told.value.code == "initiative.gone"
    assert content_of(store.folder) == before
