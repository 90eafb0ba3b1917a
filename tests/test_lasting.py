"""New folders last, and where a disk cannot make them last nothing else fails."""

import errno
import os
from pathlib import Path

import pytest

from desktop.lasting import make_folder, sync_folder


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
