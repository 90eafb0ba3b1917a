"""Bit rot: each flipped bit that changes what is kept is reported, with its record's name."""

import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, schema
from desktop.models.actions.initiatives import AttachFile, ImportInitiatives, RecordInitiative
from desktop.models.attachments import keep
from desktop.models.backup import verifying
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.store import Store
from tests.office_work import Worker
from tests.stores import complete

UNREADABLE = ("store.programme", "programme.unreadable")
"""Refusals of a store in which what is in force has rotted: it does not open at all."""
Rows = dict[tuple[str, int], object]


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """A store whose pages are mostly records: long texts, some authors, a file."""
    words = "Ép bã chè thành bánh rồi đốt kèm củi khô. "
    drafts = tuple(
        complete(code=f"N{n}", title=f"Việc số {n}", content=words * (n % 40)) for n in range(120)
    )
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    store.journal.do(AttachFile(key, keep(store.folder, tmp_path / "a.pdf"), "decision"))
    return store


def rows_of(connection: Connection) -> Rows:
    """Every row of the records and the journal that can be read; the others are missing."""
    found: Rows = {}
    for table in (*schema.journalled_columns(), "journal_entry", "journal_change", "journal_range"):
        try:
            every = connection.execute(f'SELECT * FROM "{table}" NOT INDEXED').fetchall()
        except (sqlite.Error, UnicodeDecodeError):
            every = list(_one_by_one(connection, table))
        found.update(((table, row[0]), row) for row in every)
    return found


def _one_by_one(connection: Connection, table: str) -> Iterator[tuple[object, ...]]:
    keys = connection.execute(f'SELECT id FROM "{table}" NOT INDEXED').fetchall()
    for key in keys:
        with suppress(sqlite.Error, UnicodeDecodeError):
            row = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', key).fetchone()
            if row is not None:
                yield row


def reading(folder: Path) -> Rows | None:
    """The rows of a store, None where it does not even open."""
    try:
        connection = sqlite.connect(folder)
    except Exception:
        return None
    try:
        return rows_of(connection)
    except (sqlite.Error, UnicodeDecodeError):
        return None
    finally:
        connection.close()


class Flips:
    """Flips one bit of a copy of a store at a time, and looks whether it is noticed."""

    def __init__(self, store: Store, opened: Callable[..., Store], work: Path) -> None:
        self.opened, self.work = opened, work
        store.close()
        shutil.copytree(store.folder, work)
        self.file = work / sqlite.STORE_FILE
        self.content = self.file.read_bytes()
        kept = reading(work)
        assert kept is not None
        self.kept = kept
        self.changed = self.refused = 0

    def run(self, flips: int, seed: int) -> list[str]:
        """What was not noticed, or not with its record's name."""
        dice, missed = random.Random(seed), []
        for _each in range(flips):
            at, bit = dice.randrange(len(self.content)), dice.randrange(8)
            harmed = bytearray(self.content)
            harmed[at] ^= 1 << bit
            self.file.write_bytes(harmed)
            said = self._missed()
            if said:
                missed.append(f"byte {at}, bit {bit}: {said}")
        return missed

    def _missed(self) -> str:
        found = reading(self.work)
        if found is None:
            self.refused += 1
            return ""
        rotted = [key for key in self.kept if found.get(key) != self.kept[key]]
        if not rotted:
            return ""
        self.changed += 1
        try:
            store = self.opened(self.work, write=False)
        except UserError as error:
            return "" if error.code in {"store.damaged", *UNREADABLE} else str(error)
        with store, store.reading() as connection:
            damage = backup.verify(store)
            names = [self._name(connection, key) for key in rotted]
        told = {one.record for one in damage}
        return "" if told & set(names) else f"{names} is not in {told}"

    def _name(self, connection: Connection, key: tuple[str, int]) -> str:
        """How a rotted row is to be named; a row of the journal by its entry."""
        table, row_id = key
        if not table.startswith("journal_"):
            return verifying.named(connection, table, row_id)
        entry = row_id if table == "journal_entry" else self.kept[key][1]  # type: ignore[index] # a row
        return f"mục nhật ký {entry}"


def test_every_flipped_bit_that_changes_a_record_is_reported_by_name(
    filled: Store, place: Path, opened: Callable[..., Store]
) -> None:
    flips = Flips(filled, opened, place / "copy")
    assert flips.run(60, 1) == []
    assert flips.changed > 8


@pytest.mark.slow
@pytest.mark.parametrize("fifth", range(5))
def test_1500_flipped_bits_are_reported_by_name(
    filled: Store, place: Path, opened: Callable[..., Store], fifth: int
) -> None:
    flips = Flips(filled, opened, place / "copy")
    assert flips.run(300, 2 + fifth) == []
    assert flips.changed > 40


def test_without_the_digests_flipped_bits_would_go_unnoticed(
    filled: Store,
    place: Path,
    opened: Callable[..., Store],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The control: what the engine checks by itself misses most."""
    monkeypatch.setattr(verifying, "_row_damage", lambda _connection: iter(()))
    monkeypatch.setattr(verifying, "_listing_damage", lambda _connection: iter(()))
    flips = Flips(filled, opened, place / "copy")
    assert len(flips.run(60, 1)) > 4


@pytest.mark.parametrize("stores", [10, pytest.param(50, marks=pytest.mark.slow)])
def test_there_is_no_false_alarm(filled: Store, tmp_path: Path, stores: int) -> None:
    worker = Worker(filled, stores, tmp_path / "scan.pdf")
    for _each in range(stores):
        worker.act()
        assert backup.verify(filled) == []
