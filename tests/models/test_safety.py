"""What keeps a store from harm: room for a full disk, no synced folders, a fenced writer."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup, reserve
from desktop.models.actions.initiatives import AttachFile, ImportInitiatives, RecordInitiative
from desktop.models.attachments import keep
from desktop.models.engines.lock import FENCE_FILE
from desktop.models.store import Store, create_store
from desktop.models.synced import service_of
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
