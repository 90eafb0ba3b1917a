"""New folders last, renames wait for who reads, and a disk that cannot sync harms nothing."""

import errno
import os
from pathlib import Path

import pytest

from desktop import lasting
from desktop.lasting import make_folder, replace, sync_folder


def refuse(number: int) -> None:
    raise OSError(number, "")


def test_a_folder_is_made_with_all_above_it(tmp_path: Path) -> None:
    make_folder(tmp_path / "a" / "b" / "c")
    make_folder(tmp_path / "a" / "b" / "c")
    assert (tmp_path / "a" / "b" / "c").is_dir()


def test_a_file_in_the_way_is_not_taken_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with pytest.raises(OSError, match="a"):
        make_folder(tmp_path / "a" / "b")


@pytest.mark.skipif(os.name != "posix", reason="folders are synced by hand on POSIX alone")
@pytest.mark.parametrize(("number", "said"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_share_that_cannot_sync_folders_is_no_trouble_but_a_bad_disk_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: bool
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _handle: refuse(number))
    if not said:
        sync_folder(tmp_path)
        return
    with pytest.raises(OSError, match=str(number)):
        sync_folder(tmp_path)


def hold(monkeypatch: pytest.MonkeyPatch, times: int) -> list[Path]:
    """As on Windows while a virus scanner reads: so often a rename is refused. What was tried."""
    real, tried = Path.replace, list[Path]()

    def held(source: Path, target: Path) -> Path:
        tried.append(source)
        if len(tried) <= times:
            raise PermissionError(errno.EACCES, "")
        return real(source, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr(lasting, "_IS_HELD", True)
    monkeypatch.setattr(lasting, "_PAUSE", 0)
    return tried


@pytest.mark.parametrize("times", [0, 1, 9])
def test_a_file_that_a_scanner_holds_for_a_moment_is_renamed_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    tried = hold(monkeypatch, times)
    replace(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text(encoding="utf-8") == "x"
    assert len(tried) == times + 1


def test_a_file_that_stays_held_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    tried = hold(monkeypatch, 99)
    with pytest.raises(PermissionError):
        replace(tmp_path / "a", tmp_path / "b")
    assert len(tried) == 10
