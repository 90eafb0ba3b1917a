"""Who changes the journal behind the program's back is found out by the mark kept before."""

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, journal
from desktop.models.actions.initiatives import ImportInitiatives, RecordInitiative, ReviseInitiative
from desktop.models.backup import verifying
from desktop.models.engines import sqlite
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import ENTRY_COLUMNS
from desktop.models.store import Store
from tests.stores import complete

TABLES = {
    "journal_entry": ("op_id", "at", "user", "action", "detail", "body", "chain"),
    "journal_change": ("table_name", "row_id", "before", "after", "salt", "hash"),
    "journal_range": ("table_name", "first_id", "last_id", "digest"),
}


@pytest.fixture
def written(store: Store) -> Store:
    """A store whose journal has entries of every kind."""
    for number in range(14):
        draft = complete(code=f"A{number}", title=f"Việc {number}")
        key = store.journal.do(RecordInitiative(draft)).result
        store.journal.do(ReviseInitiative(key, complete(title=f"Sửa {number}")))
        if number % 3 == 0:
            store.journal.undo()
        if number % 5 == 0:
            rows = tuple(complete(title=f"Nhập {number}-{each}") for each in range(3))
            store.journal.do(ImportInitiatives(rows, "a.xlsx"))
    return store


class Forger:
    """Changes the journal as somebody with the file in hand could; the same seed does the same."""

    def __init__(self, connection: Connection, seed: int) -> None:
        self.connection, self.dice = connection, random.Random(seed)
        self.entries = [
            row[0] for row in connection.execute("SELECT id FROM journal_entry ORDER BY id")
        ]

    def edit(self) -> None:
        table = self.dice.choice(list(TABLES))
        column, key = self.dice.choice(TABLES[table]), self._row(table)
        value: object = f"{self.dice.random()}"
        if column in {"row_id", "first_id", "last_id"}:
            value = 10**6 + self.dice.randrange(10**6)
        self.connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (value, key))

    def delete(self) -> None:
        table = self.dice.choice(list(TABLES))
        self.connection.execute(f"DELETE FROM {table} WHERE id = ?", (self._row(table),))

    def reorder(self) -> None:
        first, second = self.dice.sample(self.entries, 2)
        for old, new in ((first, -1), (second, first), (-1, second)):
            self.connection.execute("UPDATE journal_entry SET id = ? WHERE id = ?", (new, old))

    def cut(self) -> None:
        """Cut the newest entries off, and leave no trace of them."""
        last = self.dice.choice(self.entries[:-1])
        for table, column in (("journal_entry", "id"), ("journal_change", "entry_id")):
            self.connection.execute(f"DELETE FROM {table} WHERE {column} > ?", (last,))
        self.connection.execute("DELETE FROM journal_range WHERE entry_id > ?", (last,))
        self._last_is(last)

    def forge(self) -> None:
        """Say that somebody else did it, and link all that follows anew."""
        first = self.dice.choice(self.entries)
        self.connection.execute("UPDATE journal_entry SET user = 'Ai đó' WHERE id = ?", (first,))
        chain = journal.START
        for values in self.connection.execute(
            f"SELECT {', '.join(ENTRY_COLUMNS)} FROM journal_entry ORDER BY id"
        ).fetchall():
            entry = dict(zip(ENTRY_COLUMNS, values, strict=True))
            chain = journal.link(chain, entry)
            self.connection.execute(
                "UPDATE journal_entry SET chain = ? WHERE id = ?", (chain, entry["id"])
            )

    def _row(self, table: str) -> int:
        rows = self.connection.execute(f"SELECT id FROM {table} ORDER BY id").fetchall()
        return int(self.dice.choice(rows)[0])

    def _last_is(self, entry: int) -> None:
        sequence = "UPDATE sqlite_sequence SET seq = ? WHERE name = 'journal_entry'"
        self.connection.execute(sequence, (entry,))


def unnoticed(folder: Path, kinds: list[str], head: backup.Head | None, seed: int) -> Iterator[str]:
    """Do each kind of forgery and take it back again; those that nobody would notice."""
    connection = sqlite.connect(folder, read_only=False)
    connection.execute("PRAGMA foreign_keys=OFF")
    connection.execute("BEGIN")
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f'DROP TRIGGER "{name}"')
    forger = Forger(connection, seed)
    for kind in kinds:
        connection.execute("SAVEPOINT forgery")
        getattr(forger, kind)()
        found = list(verifying._journal_damage(connection))
        if head is not None:
            found += verifying._head_damage(connection, head)
        if not found:
            yield kind
        connection.execute("ROLLBACK TO forgery")
        connection.execute("RELEASE forgery")
    connection.execute("ROLLBACK")
    connection.close()


KINDS = ["edit", "delete", "reorder", "cut", "forge"]


def test_every_forgery_of_the_journal_is_found_by_the_mark(written: Store) -> None:
    head = backup.head_of(written)
    written.close()
    assert list(unnoticed(written.folder, KINDS * 24, head, 1)) == []


@pytest.mark.slow
def test_1000_forgeries_of_the_journal_are_found_by_the_mark(written: Store) -> None:
    head = backup.head_of(written)
    written.close()
    assert list(unnoticed(written.folder, KINDS * 200, head, 2)) == []


def test_without_the_mark_a_cut_tail_and_a_new_chain_are_not_found(written: Store) -> None:
    """The control: the journal alone cannot know what somebody took from its end."""
    written.close()
    assert list(unnoticed(written.folder, KINDS * 6, None, 3)) == ["cut", "forge"] * 6


def test_a_mark_of_before_holds_as_long_as_its_entry_is_what_it_was(
    written: Store, opened: Callable[..., Store]
) -> None:
    head = backup.read_mark(backup.head_of(written).mark.upper())
    written.journal.do(RecordInitiative(complete(code="B")))
    assert backup.verify(written, head=head) == []
    backup.restore(backup.back_up(written).path, written.folder.parent / "khác")
    assert backup.verify(opened(written.folder.parent / "khác"), head=head) == []
    (damage,) = backup.verify(written, head=backup.Head(head.entry - 1, head.chain))
    assert (damage.kind, damage.record) == ("journal", f"mục nhật ký {head.entry - 1}")


@pytest.mark.parametrize("mark", ["", "12", "12-abc", f"-{'a' * 64}", f"1-{'g' * 64}"])
def test_what_is_no_mark_is_refused(mark: str) -> None:
    with pytest.raises(UserError) as caught:
        backup.read_mark(mark)
    assert caught.value.code == "verify.mark"


def test_the_manifest_of_a_backup_holds_the_mark(written: Store) -> None:
    manifest = backup.archive.manifest_in(backup.back_up(written).path)
    head = backup.head_of(written)
    assert (manifest["entry"], manifest["chain"]) == (head.entry, head.chain)
