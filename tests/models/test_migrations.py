"""A store of an older schema is brought to this program's whole, or stays as it was."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import UserError
from desktop.models import backup, issuing, journal, reading, schema
from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.change_file import ToldEntry
from desktop.models.checking import check_kept
from desktop.models.deriving import kept_lookalikes
from desktop.models.engines import sqlite
from desktop.models.engines.lock import WriterLock
from desktop.models.engines.sqlite import Connection
from desktop.models.journal import Context
from desktop.models.store import BACKUPS, Store, open_store
from desktop.models.verdicts import read_verdicts
from desktop.programme.definition import Programme
from desktop.progress import CancelledError
from tests.migrating import rows_of, shape_of, state_of, version_of

STORES = Path(__file__).resolve().parent.parent / "golden" / "stores"
OLD = STORES / "schema-1.skbackup"
SECOND = STORES / "schema-2.skbackup"
Opening = Callable[..., Store]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store as the program of schema 1 left it."""
    backup.restore(OLD, tmp_path / "old")
    return tmp_path / "old"


@pytest.fixture
def opening(programmes: dict[str, Programme], clock: Callable[[], datetime]) -> Iterator[Opening]:
    """Opens a store as the program does: one of an older schema is brought up."""
    stores: list[Store] = []

    def open_one(folder: Path, **how: Any) -> Store:
        how = {"keep": backup.before_migration, "programmes": programmes, "clock": clock, **how}
        stores.append(open_store(folder, user="Lan", **how))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def migrated(opening: Opening, old: Path) -> Store:
    return opening(old)


@pytest.fixture
def rows_before(old: Path) -> dict[str, list[object]]:
    connection = sqlite.connect(old)
    try:
        return rows_of(connection, schema.columns_kept(connection))
    finally:
        connection.close()


@pytest.fixture
def columns_before(old: Path) -> dict[str, tuple[str, ...]]:
    connection = sqlite.connect(old)
    try:
        return schema.columns_kept(connection)
    finally:
        connection.close()


def refused(opening: Opening, folder: Path, **how: Any) -> str:
    content = (folder / sqlite.STORE_FILE).read_bytes()
    with pytest.raises(UserError) as caught:
        opening(folder, **how)
    assert (folder / sqlite.STORE_FILE).read_bytes() == content
    return caught.value.code


def test_the_old_schema_has_the_columns_that_the_program_remembers(
    columns_before: dict[str, tuple[str, ...]],
) -> None:
    assert columns_before == {table: schema.generations(table)[-1] for table in columns_before}


def test_a_migrated_store_is_built_like_a_new_one(migrated: Store, store: Store) -> None:
    with migrated.reading() as first, store.reading() as second:
        assert version_of(first) == sqlite.SCHEMA_VERSION
        assert shape_of(first) == shape_of(second)


def test_a_migration_keeps_every_row_and_finds_nothing_wrong(
    rows_before: dict[str, list[object]],
    columns_before: dict[str, tuple[str, ...]],
    migrated: Store,
) -> None:
    assert len(rows_before["initiative"]) == 35
    with migrated.reading() as connection:
        assert rows_of(connection, columns_before) == rows_before
    assert backup.verify(migrated) == []


def test_migrated_records_read_as_if_they_were_imported_anew(migrated: Store, store: Store) -> None:
    drafts = drafts_of(migrated)
    assert len(drafts) == 35
    store.journal.do(ImportInitiatives(tuple(drafts.values()), "a.xlsx"))
    assert drafts_of(store) == drafts


def drafts_of(store: Store) -> dict[str, Any]:
    with store.reading() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
        return {draft.code: draft for draft in reading.drafts(connection, ids).values()}


def test_what_was_recorded_when_is_filled_in_from_the_journal(migrated: Store) -> None:
    with migrated.reading() as connection:
        rows = connection.execute("SELECT recorded_at, count(*) FROM initiative GROUP BY 1")
        assert rows.fetchall() == [("2026-11-21T16:22:28+07:00", 35)]
        assert connection.execute("SELECT max(entry_id) FROM journal_change").fetchone()[0] == 22


def test_verdicts_and_list_are_those_of_this_program(migrated: Store) -> None:
    with migrated.reading() as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM initiative").fetchall()]
        alike = kept_lookalikes(connection, set(ids))
        fresh = check_kept(connection, migrated.programme, ids, now=migrated.clock(), alike=alike)
        kept = read_verdicts(connection, ids)
        assert {key: one.findings for key, one in kept.items()} == {
            key: tuple(found for found in one.findings if found.result != "pass")
            for key, one in fresh.items()
        }
        newest = "SELECT max(revision) FROM listing"
        assert connection.execute(newest).fetchone()[0] == 22


def test_a_store_of_schema_2_keeps_every_row_and_gets_room_for_issued_papers(
    tmp_path: Path, opening: Opening, store: Store
) -> None:
    backup.restore(SECOND, tmp_path / "second")
    connection = sqlite.connect(tmp_path / "second")
    columns, version = schema.columns_kept(connection), version_of(connection)
    before = rows_of(connection, columns)
    connection.close()
    assert (version, set(schema.journalled_columns()) - set(columns)) == (2, {"issued_paper"})
    migrated = opening(tmp_path / "second")
    with migrated.reading() as connection, store.reading() as new:
        assert rows_of(connection, columns) == before
        assert shape_of(connection) == shape_of(new)
    assert backup.verify(migrated) == []
    with migrated.reading() as connection:
        assert issuing.issued(connection) == []


def test_all_that_was_done_under_schema_2_can_be_undone_and_redone(
    tmp_path: Path, opening: Opening
) -> None:
    backup.restore(SECOND, tmp_path / "second")
    store = opening(tmp_path / "second")
    with store.reading() as connection:
        before, acts = rows_of(connection, schema.journalled_columns()), 0
        while store.journal.undoable() is not None:
            store.journal.undo()
            acts += 1
        assert connection.execute("SELECT count(*) FROM initiative").fetchone()[0] == 0
        for _act in range(acts):
            store.journal.redo()
        assert rows_of(connection, schema.journalled_columns()) == before
    assert acts > 30
    assert backup.verify(store) == []


OPENER = """
import sys
from datetime import datetime
from pathlib import Path
from desktop.models.backup import before_migration
from desktop.models.store import open_store
from desktop.programme.definition import load_programmes
from desktop.vietnamese.dates import VIETNAM
open_store(Path(sys.argv[1]), user="Lan", programmes=load_programmes(Path("resources/programmes")),
           clock=lambda: datetime.now(VIETNAM), keep=before_migration).close()
print("alembic" in sys.modules)
"""


def test_the_library_for_migrations_is_only_loaded_for_one(old: Path, store_folder: Path) -> None:
    said = [
        subprocess.run(
            [sys.executable, "-c", OPENER, str(folder)], capture_output=True, text=True, check=True
        ).stdout.strip()
        for folder in (old, old, store_folder)
    ]
    assert said == ["True", "False", "False"]


def test_history_reads_and_all_of_it_can_be_undone_and_redone(migrated: Store) -> None:
    assert [line.entry for line in migrated.journal.history()] == list(range(22, 0, -1))
    with migrated.reading() as connection:
        before = rows_of(connection, schema.journalled_columns())
        for _entry in range(21):
            migrated.journal.undo()
        assert migrated.journal.undoable() is None
        assert connection.execute("SELECT count(*) FROM initiative").fetchone()[0] == 0
        for _entry in range(21):
            migrated.journal.redo()
        assert rows_of(connection, schema.journalled_columns()) == before
    assert backup.verify(migrated) == []


@dataclass(frozen=True, slots=True)
class Pledge:
    """Changes of a target only what schema 1 had no word for."""

    bulk: bool = False

    def __call__(self, context: Context) -> None:
        context.connection.execute("UPDATE target SET origin = 'pledged' WHERE id = 7")


def test_an_old_act_is_not_undone_over_a_change_of_a_new_column(migrated: Store) -> None:
    migrated.journal.do(Pledge())
    with pytest.raises(UserError) as caught:
        migrated.journal.undo(3)
    assert caught.value.code == "undo.changed"
    migrated.journal.undo()
    migrated.journal.undo(3)
    with migrated.reading() as connection:
        assert connection.execute("SELECT count(*) FROM target").fetchone()[0] == 0


def test_what_was_deleted_under_the_old_schema_comes_back_complete(
    old: Path, opening: Opening
) -> None:
    with_deletion(old)
    store = opening(old)
    store.journal.undo(23)
    with store.reading() as connection:
        (target,) = connection.execute(
            "SELECT origin, dimension, choice FROM target WHERE id = 7"
        ).fetchall()
        (row,) = connection.execute("SELECT recorded_at FROM initiative WHERE id = 35").fetchall()
    assert target == ("given", "", "")
    assert row == ("2026-11-21T16:22:28+07:00",)
    assert backup.verify(store) == []
    store.journal.redo()
    store.journal.undo(23)


def with_deletion(folder: Path) -> None:
    """Delete a target and an initiative under schema 1, as its journal would have done it."""
    connection = sqlite.connect(folder, read_only=False)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE journal_state SET entry_id = 23")
    for table, column, key in (
        *(("target", "id", 7), ("authorship", "initiative_id", 35)),
        *(("export_item", "initiative_id", 35), ("initiative", "id", 35)),
    ):
        gone = f"(SELECT id FROM {table} WHERE {column} = {key})"
        connection.execute(f"DELETE FROM digest WHERE table_name = '{table}' AND row_id IN {gone}")
        connection.execute(f"DELETE FROM {table} WHERE {column} = {key}")
    for table, column in (("listing", "initiative_id"), ("search", "rowid")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = 35")
    seal(connection)
    connection.execute("COMMIT")
    connection.close()


def seal(connection: Connection) -> None:
    """Write entry 23 with the changes that stand under it."""
    entry = {"id": 23, "op_id": "x", "at": "2026-11-22T08:00:00+07:00", "user": "Lan"}
    with closing(ToldEntry(Path())) as told:
        sealing = journal._Sealing(connection, 23, told)
        sealing._hash_changes()
        sealing.write_entry(
            {**entry, "action": "SetTargets", "detail": '{"count": 1}', "reverses": None}
        )
    connection.execute("UPDATE journal_state SET entry_id = NULL")


def test_a_record_that_had_rotted_before_is_still_named_after(old: Path, opening: Opening) -> None:
    connection = sqlite.connect(old, read_only=False)
    connection.execute("DROP TRIGGER journal_initiative_update")
    connection.execute("UPDATE initiative SET content = content || '?' WHERE code = 'M03'")
    connection.close()
    (damage,) = backup.verify(opening(old))
    assert damage.kind == "record"
    assert damage.record.startswith("sáng kiến M03 “")


def test_an_old_store_is_not_opened_for_reading_alone(opening: Opening, old: Path) -> None:
    assert refused(opening, old, write=False) == "store.older"


def test_an_old_store_is_not_brought_up_while_somebody_else_writes(
    opening: Opening, old: Path, clock: Callable[[], datetime]
) -> None:
    lock = WriterLock(old)
    assert lock.acquire("Hoa", clock()) is None
    assert refused(opening, old) == "store.older"
    lock.release()


def test_without_a_backup_nothing_is_migrated(opening: Opening, old: Path) -> None:
    shutil.rmtree(old / BACKUPS)
    (old / BACKUPS).write_text("in the way")
    assert refused(opening, old) == "backup.unwritable"
    assert refused(opening, old, keep=None) == "store.older"


def test_the_backup_that_is_made_before_is_of_the_old_store_and_migrates_again(
    opening: Opening, old: Path, tmp_path: Path, columns_before: dict[str, tuple[str, ...]]
) -> None:
    opening(old).close()
    (line,) = backup.backups(old)
    assert line.path.name.startswith(f"before-schema-{sqlite.SCHEMA_VERSION}-00022-")
    backup.restore(line.path, tmp_path / "again")
    assert state_of(tmp_path / "again", columns_before)[0] == 1
    assert backup.verify(opening(tmp_path / "again")) == []


def test_a_damaged_old_store_is_refused(opening: Opening, old: Path) -> None:
    connection = sqlite.connect(old, read_only=False)
    page = connection.execute(
        "SELECT rootpage FROM sqlite_master WHERE name = 'ix_person_key'"
    ).fetchone()[0]
    connection.close()
    content = bytearray((old / sqlite.STORE_FILE).read_bytes())
    content[(page - 1) * 4096 : (page - 1) * 4096 + 4096] = bytes(4096)
    (old / sqlite.STORE_FILE).write_bytes(content)
    assert refused(opening, old) in {"store.damaged", "backup.damaged"}


class Stop:
    """Progress whose user asks to stop at a step."""

    def __init__(self, last: int) -> None:
        self.left = last

    def step(self, done: int, total: int, doing: str = "") -> None:
        del done, total, doing
        self.left -= 1
        if self.left == 0:
            raise CancelledError


def test_a_migration_that_was_stopped_has_changed_nothing(
    opening: Opening, old: Path, columns_before: dict[str, tuple[str, ...]]
) -> None:
    before = state_of(old, columns_before)
    for step in range(1, 20):
        try:
            opening(old, progress=Stop(step))
        except CancelledError:
            assert state_of(old, columns_before) == before
        else:
            break
    assert step > 4
