"""What keeps a store from harm: room for a full disk, no synced folders, a fenced writer."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, reserve
from desktop.models.actions.initiatives import AttachFile, ImportInitiatives, RecordInitiative
from desktop.models.attachments import keep
from desktop.models.backup import archive
from desktop.models.engines import sqlite
from desktop.models.engines.lock import FENCE_FILE
from desktop.models.journal import Context
from desktop.models.store import Store, create_store
from desktop.models.synced import service_of
from desktop.tasks.stores import prepare_restore, put_in_place
from desktop.text import _
from tests.stores import complete


def ask(store: Store, question: str) -> int:
    """Ask the writer's own connection."""
    with store._engine.connect() as connection:
        return int(connection.exec_driver_sql(question).scalar_one())


@contextmanager
def full_disk(store: Store) -> Iterator[None]:
    """No page more than there are now; giving up the reserve makes room for some."""
    pages = ask(store, "PRAGMA page_count")
    ask(store, f"PRAGMA max_page_count={pages}")
    make_room = store.journal._make_room

    def make_some() -> bool:
        given = make_room()
        if given:
            ask(store, f"PRAGMA max_page_count={pages + reserve.SIZE // 4096}")
        return given

    store.journal._make_room = make_some
    yield


def record_many(store: Store) -> None:
    for number in range(9):
        drafted = complete(code=f"B{number}", title=f"Việc {number}", content=LONG)
        store.journal.do(RecordInitiative(drafted))


LONG = "".join(f"{number:x} " for number in range(20_000))


def test_on_a_full_disk_one_more_record_is_saved_and_it_is_said(store: Store) -> None:
    with full_disk(store):
        outcome = store.journal.do(RecordInitiative(complete(code="A", content=LONG)))
        assert outcome.entry == 2
        assert "chỗ dự phòng" in outcome.unsaved_copy
        assert not (store.folder / reserve.NAME).exists()
        with pytest.raises(UserError) as caught:
            record_many(store)
    assert caught.value.code == "journal.full"
    assert backup.verify(store) == []


def test_the_reserve_is_not_spent_on_an_import(store: Store) -> None:
    drafts = tuple(complete(code=f"N{n}", title=f"Việc {n}", content=LONG) for n in range(3))
    with full_disk(store), pytest.raises(UserError) as caught:
        store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    assert caught.value.code == "journal.full"
    assert (store.folder / reserve.NAME).stat().st_size == reserve.SIZE


def test_the_reserve_is_made_again_at_the_next_start(
    store: Store, opened: Callable[..., Store]
) -> None:
    assert reserve.release(store.folder)
    assert not reserve.release(store.folder)
    store.close()
    opened(store.folder)
    assert (store.folder / reserve.NAME).stat().st_size == reserve.SIZE


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("OneDrive/Sổ", "OneDrive"),
        ("OneDrive - LĐLĐ huyện/Sổ", "OneDrive"),
        ("Dropbox/a/b", "Dropbox"),
        ("Dropbox (Văn phòng)/a", "Dropbox"),
        ("Google Drive/a", "Google Drive"),
        ("My Drive/a", "Google Drive"),
        ("Hồ sơ/one drive cũ", ""),
        ("Dropbox bài/a", ""),
    ],
)
def test_a_folder_that_a_service_copies_is_told(tmp_path: Path, path: str, service: str) -> None:
    assert service_of(tmp_path / path) == service


def test_a_store_is_not_made_in_a_folder_that_a_service_copies(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        create_store(tmp_path / "Dropbox" / "Sổ")
    assert caught.value.code == "store.synced"
    assert not (tmp_path / "Dropbox").exists()


def test_a_store_that_was_moved_there_is_read_but_not_written(
    store: Store, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    store.close()
    (tmp_path / "OneDrive").mkdir()
    moved = store.folder.rename(tmp_path / "OneDrive" / "Sổ")
    again = opened(moved)
    assert len(again.journal.history()) == 1
    with pytest.raises(UserError) as caught:
        again.journal.do(RecordInitiative(complete()))
    assert caught.value.code == "store.synced"


def test_a_writer_that_was_overtaken_writes_nothing_more(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    (store.folder / FENCE_FILE).write_text("someone else's", encoding="ascii")
    with pytest.raises(UserError) as caught:
        store.journal.do(RecordInitiative(complete(code="B")))
    assert caught.value.code == "store.overtaken"
    with pytest.raises(UserError):
        store.journal.undo()
    with pytest.raises(UserError), store.derived_writes():
        raise AssertionError
    assert len(store.journal.history()) == 2


def test_an_attachment_and_its_folders_are_synced_before_the_row(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    real = os.fsync

    def watched(handle: int) -> None:
        order.append(Path(f"/proc/self/fd/{handle}").readlink().name)
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    key = store.journal.do(RecordInitiative(complete(code="A"))).result
    order.clear()
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    kept = keep(store.folder, tmp_path / "a.pdf")
    assert order[0] == "attachments"
    assert [len(name) for name in order[1:3]] == [32, 2]
    store.journal.do(AttachFile(key, kept, "decision"))


# A store that lost its newest changes.


def test_a_store_that_lost_what_its_change_file_tells_of_is_not_written(
    store: Store, opened: Callable[..., Store]
) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    backup.back_up(store)
    former = (store.folder / sqlite.STORE_FILE).read_bytes()
    for code in ("B", "C"):
        store.journal.do(RecordInitiative(complete(code=code, title=f"Việc {code}")))
    wanted = len(store.journal.history())
    store.close()
    (store.folder / sqlite.STORE_FILE).write_bytes(former)
    again = opened(store.folder)
    assert len(again.journal.history()) == wanted - 2
    with pytest.raises(UserError) as caught:
        again.journal.do(RecordInitiative(complete(code="D")))
    assert caught.value.code == "store.behind"
    again.close()
    prepared = prepare_restore(
        None, store.folder, programmes=store.shipped, clock=store.clock, later=True
    )
    put_in_place(prepared, user="Lan", clock=store.clock)
    assert len(opened(store.folder).journal.history()) == wanted
    assert backup.verify(opened(store.folder)) == []


# Reading goes on during a bulk change.


@dataclass(frozen=True)
class ImportAndLook:
    """A large import; before it is sealed, somebody else reads the list."""

    look: Callable[[], object]
    bulk: bool = True

    def __call__(self, context: Context) -> None:
        drafts = tuple(complete(title=f"Việc {n}", content=LONG[: n * 400]) for n in range(60))
        ImportInitiatives(drafts, "a.xlsx")(context)
        context.session.flush()
        self.look()


def can_be_read_meanwhile(store: Store) -> bool:
    """Whether the list can be read from elsewhere while a large import is under way."""
    reader, found = sqlite.connect(store.folder), []
    reader.execute("PRAGMA busy_timeout=20")

    def look() -> None:
        try:
            found.append(reader.execute("SELECT count(*) FROM listing").fetchone()[0] == 0)
        except sqlite.Error:
            found.append(False)

    with suppress(UserError):
        store.journal.do(ImportAndLook(look))
    reader.close()
    return all(found)


def writer_says(store: Store, pragma: str) -> None:
    """Change a setting of the writer's connection, outside a transaction: else it does not take."""
    pooled = store._engine.raw_connection()
    pooled.cursor().execute(f"PRAGMA {pragma}")
    pooled.close()


@pytest.fixture
def small_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """Large changes have hardly any room in memory."""
    monkeypatch.setattr(sqlite, "_CACHE_OF_MANY", 10)


@pytest.mark.usefixtures("small_cache")
def test_a_page_can_be_read_during_an_import_that_outgrows_the_cache(store: Store) -> None:
    assert can_be_read_meanwhile(store)


@pytest.mark.usefixtures("small_cache")
def test_a_writer_that_spills_is_caught(store: Store) -> None:
    """The control: SQLite would lock every reader out before the commit."""
    writer_says(store, "cache_spill=ON")
    assert not can_be_read_meanwhile(store)


# A file that cannot be kept.


def test_a_file_that_cannot_be_kept_is_told_with_the_reason_and_no_wrong_advice(
    store: Store, tmp_path: Path
) -> None:
    (store.folder / "attachments").rmdir()
    (store.folder / "attachments").write_text("in the way", encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4 a")
    with pytest.raises(UserError) as caught:
        keep(store.folder, tmp_path / "a.pdf")
    assert caught.value.code == "attachment.unwritable"
    assert "dọn chỗ" not in str(caught.value)


# What is read back of a backup.


class Harm:
    """Progress during which the copied database changes after it was described."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.steps = folder, 0

    def step(self, done: int, total: int, doing: str = "") -> None:
        del done, total
        self.steps += doing == _("Reading the backup back")
        for path in (self.folder / "backups").glob(".backup-*/store.db") if self.steps > 3 else ():
            content = path.read_bytes()
            path.write_bytes(content.replace("Chè Bản Bo".encode(), "Chè Bản Ba".encode()))


def test_a_backup_that_is_not_what_was_copied_is_refused(store: Store) -> None:
    store.journal.do(RecordInitiative(complete(code="A")))
    with pytest.raises(UserError) as caught:
        backup.back_up(store, None, Harm(store.folder))
    assert caught.value.code == "backup.damaged"
    assert backup.backups(store.folder) == []


def test_without_reading_back_a_changed_copy_would_be_offered(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control."""
    monkeypatch.setattr(archive, "_is_equal", lambda *_given: True)
    store.journal.do(RecordInitiative(complete(code="A")))
    backup.back_up(store, None, Harm(store.folder))
    assert len(backup.backups(store.folder)) == 1


def test_every_setting_is_read_back_on_every_connection(store: Store) -> None:
    wanted = {name: told for name, _value, told in sqlite._SETTINGS}
    assert len(wanted) == 10
    with store.reading() as connection, store._engine.connect() as writer:
        for name, told in wanted.items():
            assert connection.execute(f"PRAGMA {name}").fetchone()[0] == told
            assert writer.exec_driver_sql(f"PRAGMA {name}").scalar_one() == told
        assert writer.exec_driver_sql("PRAGMA cache_spill").scalar_one() == 0


def test_a_setting_that_does_not_take_is_a_bug(
    store_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_SETTINGS", (("synchronous", "OFF", 3),))
    with pytest.raises(RuntimeError, match="synchronous"):
        sqlite.connect(store_folder)
