"""What is held of the index of titles in memory is never stale, whoever changed the store."""

import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.actions.initiatives import (
    ImportInitiatives,
    RecordInitiative,
    RemoveInitiatives,
    ReviseInitiative,
)
from desktop.models.engines import sqlite
from desktop.models.lookalikes import counting, memory, renewing
from desktop.models.lookalikes.bits import LENGTHS, columns_of, read_column
from desktop.models.store import Store, create_store
from tests.models.twins import any_drafts, title
from tests.stores import complete


def stale(connection: sqlite.Connection) -> list[int]:
    """The columns in memory that are not what the connection reads from the store."""
    wanted = range(LENGTHS.stop)
    held = memory.columns_in(connection).read(connection, wanted)

    def ids(parts: list[int]) -> list[int]:
        return list(counting._ids(parts))

    return [one for one in wanted if ids(held[one]) != ids(read_column(connection, one))]


class UnwantedError(Exception):
    """A change is given up."""


def give_up(store: Store, key: int) -> None:
    """Change what is compared of an initiative, look for it, and take all of it back."""
    with suppress(UnwantedError), store.derived_writes() as connection:
        connection.execute("UPDATE journal_state SET entry_id = 1, bulk = 1")
        connection.execute("UPDATE initiative SET title = 'Sào kẹp' WHERE id = ?", (key,))
        renewing.renew(connection, [key])
        assert stale(connection) == []
        raise UnwantedError


@pytest.mark.parametrize("seed", range(3))
def test_any_walk_of_acts_leaves_memory_as_the_store_is(store: Store, seed: int) -> None:
    dice = random.Random(seed)
    ids = list(store.journal.do(ImportInitiatives(any_drafts(60, seed, 3), "a.xlsx")).result)
    second = sqlite.another(store.folder)
    for _step in range(20):
        one, draft = dice.choice(ids), complete(title=title(dice))
        acts: list[Callable[[], object]] = [
            lambda draft=draft: ids.append(store.journal.do(RecordInitiative(draft)).result),  # type: ignore[misc] # now
            lambda one=one, draft=draft: store.journal.do(ReviseInitiative(one, draft)),  # type: ignore[misc] # now
            lambda one=one: store.journal.do(RemoveInitiatives((one,))),  # type: ignore[misc] # now
            store.journal.undo,
            lambda one=one: give_up(store, one),  # type: ignore[misc] # now
        ]
        with suppress(UserError):
            dice.choice(acts)()
        with store.reading() as connection:
            assert stale(connection) == stale(second) == []
    second.close()


def test_a_connection_that_sees_an_earlier_state_gets_the_columns_of_that_state(
    store: Store,
) -> None:
    key = store.journal.do(RecordInitiative(complete(title="Bể lọc nước"))).result
    early = sqlite.another(store.folder)
    with store.derived_writes() as writing:
        writing.execute("UPDATE journal_state SET entry_id = 1, bulk = 1")
        writing.execute("UPDATE initiative SET title = 'Sổ họp thôn' WHERE id = ?", (key,))
        renewing.renew(writing, [key])
        for connection in (writing, early, writing, early):
            assert stale(connection) == []
        writing.execute("UPDATE journal_state SET entry_id = NULL, bulk = 0")
    early.close()


def test_what_another_process_has_changed_is_read_again(store: Store) -> None:
    store.journal.do(ImportInitiatives(any_drafts(80, 1, 2), "a.xlsx"))
    with store.reading() as connection:
        assert stale(connection) == []
        held = memory.columns_in(connection)
        memory.forget()  # as another process would begin
        store.journal.do(RecordInitiative(complete(title="Sổ họp thôn điện tử")))
        assert memory.columns_in(connection) is not held
        memory._stores[connection.execute("PRAGMA database_list").fetchone()[2]] = held
        assert stale(connection) == []


def test_two_stores_do_not_share_their_columns(
    opened: Callable[..., Store], tmp_path: Path
) -> None:
    for number in range(3):
        create_store(tmp_path / str(number))
        with opened(tmp_path / str(number)) as store, store.reading() as connection:
            drafts = tuple(replace(one, code="") for one in any_drafts(9 + number, number, 2))
            store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
            assert stale(connection) == []


def test_a_title_is_one_column_a_syllable_and_its_length() -> None:
    assert len(columns_of("bể lọc nước") - set(LENGTHS)) == 3
    assert columns_of("") == frozenset()
