"""Readers and the writer: an import turns no reader away, and no save fails behind one."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from desktop.errors import UserError
from desktop.models import register
from desktop.models.actions.initiatives import ImportInitiatives, RecordInitiative
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.store import Store
from tests.stores import complete

LONG = "".join(f"{number:x} " for number in range(2_000))
MANY = tuple(complete(code="", title=f"Việc {number}", content=LONG) for number in range(400))


class Looking:
    """Progress of an act that reads the list, as a window does, whenever it hears of a step."""

    def __init__(self, reader: Connection) -> None:
        self.reader = reader
        self.seen: list[int] = []

    def step(self, done: int, total: int, doing: str = "") -> None:
        """Read the first page and the count."""
        listing = register.Listing()
        page = register.rows(self.reader, register.ids(self.reader, listing, 200))
        assert len(page) == register.count(self.reader, listing)
        self.seen.append(len(page))


@pytest.fixture
def reader(store: Store) -> Iterator[Connection]:
    connection = sqlite.connect(store.folder)
    connection.execute("PRAGMA busy_timeout=0")
    yield connection
    connection.close()


def ask_writer(store: Store, *questions: str) -> None:
    with store._engine.connect() as connection:
        for question in questions:
            connection.exec_driver_sql(question)


def test_reading_goes_on_during_an_import_that_outgrows_the_cache(
    store: Store, reader: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_CACHE_OF_MANY", 50)
    store.journal.do(RecordInitiative(complete(code="A")))
    looking = Looking(reader)
    store.journal.do(ImportInitiatives(MANY, "a.xlsx"), looking)
    assert set(looking.seen) == {1}
    assert register.count(reader, register.Listing()) == 401


@contextmanager
def half_read(reader: Connection, for_seconds: float) -> Iterator[None]:
    """A list of which the rest is read later: meanwhile nothing can be committed."""
    reader.execute("BEGIN")
    reader.execute("SELECT initiative_id FROM listing").fetchone()
    timer = threading.Timer(for_seconds, reader.execute, ("COMMIT",))
    timer.start()
    yield
    timer.join()


@pytest.mark.parametrize("save", ["journal", "derived"])
def test_no_save_fails_behind_somebody_who_reads_longer_than_it_waits(
    store: Store, reader: Connection, save: str
) -> None:
    ask_writer(store, "PRAGMA busy_timeout=100")
    with half_read(reader, 0.4):
        if save == "journal":
            store.journal.do(RecordInitiative(complete(code="A")))
        else:
            with store.derived_writes() as connection:
                connection.execute("INSERT INTO draft VALUES ('new', 'Lan', '{}', '', NULL)")
    ask = "SELECT count(*) FROM initiative" if save == "journal" else "SELECT count(*) FROM draft"
    assert reader.execute(ask).fetchone()[0] == 1
    assert len(store.journal.history()) == 1 + (save == "journal")


def test_a_reader_who_never_ends_is_told_of_in_words_and_nothing_is_half_saved(
    store: Store, reader: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_PATIENCE", 2)
    ask_writer(store, "PRAGMA busy_timeout=10")
    reader.execute("BEGIN")
    reader.execute("SELECT initiative_id FROM listing").fetchone()
    with pytest.raises(UserError) as caught:
        store.journal.do(RecordInitiative(complete(code="A")))
    assert caught.value.code == "journal.busy"
    reader.execute("COMMIT")
    assert len(store.journal.history()) == 1
    store.journal.do(RecordInitiative(complete(code="A")))
    assert len(store.journal.history()) == 2


_TAKE = "import sqlite3, sys; sqlite3.connect(sys.argv[1], timeout=0).execute('BEGIN IMMEDIATE')"


def test_a_first_look_from_another_thread_leaves_the_writer_its_lock(store: Store) -> None:
    # On POSIX every lock of a process on a file is gone as soon as it closes the file once.
    def look() -> None:
        with store.reading() as connection:
            connection.execute("SELECT count(*) FROM draft").fetchone()

    with store.derived_writes() as writer:
        writer.execute("INSERT INTO draft VALUES ('new', 'Lan', '{}', '', NULL)")
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        command = [sys.executable, "-c", _TAKE, str(store.folder / sqlite.STORE_FILE)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "database is locked" in done.stderr
