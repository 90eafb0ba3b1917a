"""Opening a store: what is no store is refused, and only one writes."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.errors import UserError
from desktop.models.actions.initiatives import RecordInitiative
from desktop.models.engines import sqlite
from desktop.models.store import Store, create_store
from tests.stores import complete


def refused(opened: Callable[..., Store], folder: Path) -> str:
    with pytest.raises(UserError) as caught:
        opened(folder)
    return caught.value.code


def test_a_missing_store_is_refused_and_not_created(
    opened: Callable[..., Store], tmp_path: Path
) -> None:
    assert refused(opened, tmp_path) == "store.missing"
    assert list(tmp_path.iterdir()) == []


def test_an_emptied_store_is_refused_and_not_made_anew(
    opened: Callable[..., Store], store_folder: Path
) -> None:
    (store_folder / "store.db").write_bytes(b"")
    assert refused(opened, store_folder) == "store.empty"
    assert (store_folder / "store.db").stat().st_size == 0


@pytest.mark.parametrize("half", ["half", "noise"])
def test_a_damaged_store_is_refused(
    opened: Callable[..., Store], store_folder: Path, half: str
) -> None:
    path = store_folder / "store.db"
    content = path.read_bytes()
    path.write_bytes(content[:600] if half == "half" else os.urandom(9000))
    assert refused(opened, store_folder) == "store.damaged"


def test_a_database_of_another_program_is_refused(
    opened: Callable[..., Store], store_folder: Path
) -> None:
    path = store_folder / "store.db"
    content = bytearray(path.read_bytes())
    content[68:72] = b"ABCD"
    path.write_bytes(content)
    assert refused(opened, store_folder) == "store.foreign"


def test_a_newer_store_is_refused_and_untouched(
    opened: Callable[..., Store], store_folder: Path
) -> None:
    path = store_folder / "store.db"
    content = bytearray(path.read_bytes())
    content[60:64] = (sqlite.SCHEMA_VERSION + 1).to_bytes(4, "big")
    path.write_bytes(content)
    assert refused(opened, store_folder) == "store.newer"
    assert path.read_bytes() == bytes(content)


def test_every_connection_has_the_settings_that_survive_a_power_cut(store: Store) -> None:
    with store.reading() as connection:
        found = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert found == {
        "journal_mode": "truncate",
        "synchronous": 3,
        "foreign_keys": 1,
        "trusted_schema": 0,
    }


def test_the_second_to_open_reads_and_is_told_who_writes(
    store: Store, opened: Callable[..., Store]
) -> None:
    second = opened(store.folder, user="Minh")
    assert second.read_only
    with pytest.raises(UserError, match="Lan"):
        second.journal.do(RecordInitiative(complete()))


def test_the_lock_of_a_killed_writer_is_free_at_once(
    store_folder: Path, opened: Callable[..., Store]
) -> None:
    script = (
        "import sys, time; from datetime import datetime, UTC; from pathlib import Path;"
        "from desktop.models.engines.lock import WriterLock;"
        "lock = WriterLock(Path(sys.argv[1])); lock.acquire('Hoa', datetime.now(UTC));"
        "print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(store_folder)], stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        assert opened(store_folder).read_only
        holder.send_signal(signal.SIGKILL)
    assert not opened(store_folder).read_only


def test_no_store_is_made_in_a_folder_that_is_not_empty(tmp_path: Path) -> None:
    (tmp_path / "thư.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        create_store(tmp_path)
    assert caught.value.code == "store.not_empty"
    assert [path.name for path in tmp_path.iterdir()] == ["thư.txt"]


def test_a_store_is_a_folder_of_the_promised_parts(store: Store) -> None:
    store.journal.do(RecordInitiative(complete()))
    names = {path.name for path in store.folder.iterdir()}
    assert {"store.db", "store.lock", "attachments", "changes", "backups"} <= names
    assert len(list((store.folder / "changes").glob("*.jsonl"))) == 1
