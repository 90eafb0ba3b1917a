"""A swap is done whole or not at all, takes nothing that nobody was told of, and can be redone."""

import errno
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models import backup
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.engines import sqlite
from desktop.models.store import Store, open_store
from desktop.programme.definition import Programme
from desktop.tasks.stores import prepare_restore, put_in_place
from tests.models.conftest import Restorer, content_of
from tests.stores import complete


def kept_in(folder: Path) -> dict[str, bytes]:
    """What lies in a store's folder, but for who writes to it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(("store.lock", "store.writer"))
    }


def refuse(monkeypatch: pytest.MonkeyPatch, ending: str) -> None:
    """The system renames nothing to a name of that ending, as while another PC has it open."""
    rename = os.replace

    def renaming(source: Path, target: Path) -> None:
        if str(target).endswith(ending):
            raise PermissionError(errno.EACCES, "")
        rename(source, target)

    monkeypatch.setattr(os, "replace", renaming)


def test_a_swap_that_is_refused_leaves_all_for_the_next_which_loses_no_change(
    store: Store, restored: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup.back_up(store)
    for code in "AB":
        store.journal.do(RecordInitiative(complete(code=code, title=f"Việc {code}")))
    wanted, folder = content_of(store.folder), store.folder
    store.close()
    (folder / sqlite.STORE_FILE).write_bytes(b"\xa5" * 60_000)
    (folder / f"{sqlite.STORE_FILE}-journal").write_bytes(b"\xa5" * 60_000)
    before = kept_in(folder)
    with monkeypatch.context() as patch:
        refuse(patch, sqlite.STORE_FILE)
        with pytest.raises(UserError, match="trên mọi máy") as caught:
            restored(folder)
    assert caught.value.code == "store.in_use"
    assert kept_in(folder) == before
    assert restored(folder).replayed == 2
    assert content_of(folder) == wanted
    assert (folder / "store.db.before-restore-1-journal").read_bytes() == b"\xa5" * 60_000


@pytest.mark.parametrize("later", [False, True])
def test_changes_that_cannot_be_set_aside_are_by_the_next_restore(
    store: Store, opened: Callable[..., Store], restored: Restorer, later: bool
) -> None:
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="A")))
    store.close()
    with pytest.MonkeyPatch.context() as patch:
        refuse(patch, ".before-restore-1.jsonl")
        with pytest.raises(UserError) as caught:
            restored(store.folder, later=later)
    assert caught.value.code == "backup.unfinished"
    with opened(store.folder) as behind:
        assert (behind.refusal is None) == later
    restored(store.folder, later=later)
    again = opened(store.folder)
    again.journal.do(RecordInitiative(complete(code="B", title="Việc sau")))
    assert backup.verify(again) == []
    assert len(again.journal.history()) == 2 + later


def test_a_change_saved_after_the_comparison_is_not_swapped_away(
    store: Store, programmes: dict[str, Programme], clock: Callable[[], datetime]
) -> None:
    backup.back_up(store)
    prepared = prepare_restore(None, store.folder, programmes=programmes, clock=clock)
    store.journal.do(RecordInitiative(complete(code="A")))
    wanted = content_of(store.folder)
    store.close()
    with pytest.raises(UserError, match="đã có thay đổi mới") as caught:
        put_in_place(prepared, user="Lan", clock=clock)
    assert caught.value.code == "store.changed"
    assert content_of(store.folder) == wanted
    assert not (store.folder / ".restoring").exists()


def test_what_two_restores_set_aside_stands_side_by_side(store: Store, restored: Restorer) -> None:
    backup.back_up(store)
    store.journal.do(RecordInitiative(complete(code="A")))
    store.close()
    for _each in range(2):
        (store.folder / sqlite.STORE_FILE).unlink(missing_ok=True)
        restored(store.folder)
        with open_store(
            store.folder, user="Lan", clock=store.clock, programmes=store.shipped
        ) as again:
            assert again.refusal is None
    assert len(list((store.folder / "changes").glob("*.before-restore-*.jsonl"))) == 2


BESIDE = (
    *("numbers-given.json", "numbers-given.json.tmp", "store.reserve.new"),
    *("Desktop.ini", "Thumbs.db", "store.db.before-restore-1"),
)


@pytest.mark.parametrize("name", BESIDE)
def test_a_store_whose_database_is_gone_comes_back_in_its_own_folder(
    store: Store, restored: Restorer, name: str
) -> None:
    backup.back_up(store)
    wanted = content_of(store.folder)
    store.close()
    (store.folder / sqlite.STORE_FILE).unlink()
    (store.folder / name).write_bytes(b"[]")
    restored(store.folder)
    assert content_of(store.folder) == wanted


def test_a_folder_with_other_things_is_not_restored_into(
    store: Store, tmp_path: Path, restored: Restorer
) -> None:
    line = backup.back_up(store)
    (tmp_path / "khác").mkdir()
    (tmp_path / "khác" / "thư.docx").write_bytes(b"Word")
    with pytest.raises(UserError) as caught:
        restored(tmp_path / "khác", line.path)
    assert caught.value.code == "store.not_empty"
