"""When the world misbehaves: one clear sentence, exit status 1, nothing lost, nothing half-made."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.models.actions.initiatives import ImportInitiatives
from desktop.models.store import Store
from tests.stores import complete


def run(*words: object, limit: int | None = None) -> tuple[int, str, str]:
    """Run the program in a process of its own, with a limit on the size of files if given."""

    def bound() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=bound,
        # The counting of covered lines writes files of its own, which the limit would strike.
        env={name: value for name, value in os.environ.items() if "COVERAGE" not in name},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def kept(store_folder: Path, opened: Callable[..., Store]) -> Path:
    store = opened(store_folder)
    drafts = tuple(complete(title=f"Việc {n}", before="Dài dòng. " * 300) for n in range(40))
    store.journal.do(ImportInitiatives(drafts, "a.xlsx"))
    store.close()
    return store_folder


@pytest.mark.parametrize("verb", ["check", "undo", "history", "verify"])
def test_a_store_with_rotten_pages_is_called_damaged(kept: Path, verb: str) -> None:
    path = kept / "store.db"
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 200] = b"\xff" * 200
    path.write_bytes(content)
    status, _out, err = run(verb, "--store", kept)
    assert status == 1
    assert "hỏng" in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["backup", "--out"],
        ["print", "summary-list", "--out"],
        ["export", "portal", "--out"],
    ],
)
def test_nothing_is_written_over_a_stores_own_files(kept: Path, words: list[str]) -> None:
    before = (kept / "store.db").read_bytes()
    for name in ("store.db", "store.lock", "attachments/x.pdf"):
        status, _out, err = run(*words, kept / name, "--store", kept)
        assert status == 1
        assert "tệp của một sổ" in err
    assert (kept / "store.db").read_bytes() == before


def test_a_new_store_on_a_full_disk_leaves_nothing(tmp_path: Path) -> None:
    status, _out, err = run("new", tmp_path / "kho", limit=20_000)
    assert (status, err.count("\n")) == (1, 1)
    assert not (tmp_path / "kho").exists()


def test_a_backup_on_a_full_disk_leaves_nothing_and_says_why(kept: Path, tmp_path: Path) -> None:
    status, _out, err = run("backup", "--store", kept, "--out", tmp_path / "b", limit=30_000)
    assert (status, err.count("\n")) == (1, 1)
    assert "đầy" in err
    assert [path.name for path in tmp_path.iterdir()] == ["store"]


def test_an_act_on_a_full_disk_changes_nothing(kept: Path) -> None:
    size = (kept / "store.db").stat().st_size
    status, _out, err = run("undo", "--store", kept, limit=size // 2)
    assert (status, err.count("\n")) == (1, 1)
    status, out, _err = run("find", "viec", "--store", kept, "--limit", "1")
    assert (status, "40" in out) == (0, True)
    assert run("verify", "--store", kept)[0] == 0


def test_garbage_in_the_lock_keeps_nobody_out(kept: Path) -> None:
    (kept / "store.lock").write_bytes(b"\x00garbage" * 500)
    assert run("undo", "--store", kept)[0] == 0


def test_a_change_file_that_cannot_be_read_is_set_aside(kept: Path) -> None:
    (path,) = (kept / "changes").glob("*.jsonl")
    path.write_bytes(b"0123 {not json}\n")
    assert run("undo", "--store", kept)[0] == 0
    assert len(list((kept / "changes").glob("*.broken-1"))) == 1


def test_a_backup_of_another_store_does_not_take_a_stores_place(kept: Path, tmp_path: Path) -> None:
    assert run("new", tmp_path / "khác")[0] == 0
    assert run("backup", "--store", tmp_path / "khác", "--out", tmp_path / "b.skbackup")[0] == 0
    status, _out, err = run("restore", tmp_path / "b.skbackup", "--store", kept)
    assert (status, err.count("\n")) == (1, 1)
    assert run("find", "viec", "--store", kept)[0] == 0


def test_nothing_is_restored_over_a_store_that_somebody_has_open(
    kept: Path, tmp_path: Path, opened: Callable[..., Store]
) -> None:
    assert run("backup", "--store", kept, "--out", tmp_path / "b.skbackup")[0] == 0
    before = (kept / "store.db").read_bytes()
    opened(kept)
    status, _out, err = run("restore", tmp_path / "b.skbackup", "--store", kept)
    assert (status, err.count("\n")) == (1, 1)
    assert "Lan" in err
    assert (kept / "store.db").read_bytes() == before
