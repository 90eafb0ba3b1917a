"""Writing where there is no room or no leave: said in a sentence, with nothing left behind."""

import errno
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.errors import UserError, reason_of
from desktop.exchange.portal_v1 import write_portal
from desktop.exchange.rows import NO_LISTS
from desktop.exchange.template_v1 import write_template

LEAST = 4_096
ROOT = Path(__file__).parents[2]


def reason(number: int) -> str:
    """What the message says of this error of the system, as a pattern."""
    return re.escape(reason_of(OSError(number, "")))


def mounted(folder: Path, *arguments: str) -> Iterator[Path]:
    """The folder with something mounted on it; skipped where the system does not let us."""
    folder.mkdir()
    command = ["mount", *arguments, str(folder)]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount on this system")
    if done.returncode:
        pytest.skip("only an administrator may mount")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.fixture
def full(tmp_path: Path) -> Iterator[Path]:
    """A disk of a megabyte on which less than a page is free."""
    for folder in mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        with (folder / "rest").open("wb", buffering=0) as file:
            while True:
                try:
                    file.write(bytes(LEAST))
                except OSError:
                    break
        yield folder


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk that can only be read."""
    yield from mounted(tmp_path / "disk", "-t", "tmpfs", "-o", "size=1m,ro", "tmpfs")


def test_a_full_disk_is_said_and_nothing_is_left(full: Path) -> None:
    before = sorted(full.iterdir())
    with pytest.raises(UserError, match=reason(errno.ENOSPC)) as caught:
        write_template(full / "t.xlsx", NO_LISTS)
    assert caught.value.code == "workbook-not-written"
    with pytest.raises(UserError, match=reason(errno.ENOSPC)):
        write_portal(full / "p.xlsx", [])
    assert sorted(full.iterdir()) == before


def test_a_disk_that_can_only_be_read_is_said(read_only: Path) -> None:
    with pytest.raises(UserError, match=reason(errno.EROFS)) as caught:
        write_template(read_only / "t.xlsx", NO_LISTS)
    assert caught.value.code == "workbook-not-written"
    with pytest.raises(UserError, match=reason(errno.EROFS)):
        write_portal(read_only / "p.xlsx", [])
    assert list(read_only.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no such limit")
def test_a_write_that_breaks_off_leaves_no_file_and_no_words_behind(tmp_path: Path) -> None:
    code = (
        "import resource, sys\nfrom pathlib import Path\nfrom desktop.errors import UserError\n"
        "from desktop.exchange.rows import NO_LISTS\n"
        "from desktop.exchange.template_v1 import write_template\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    write_template(Path(sys.argv[1]), NO_LISTS)\n"
        "except UserError as error:\n    print(error.code)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "t.xlsx")]
    # The counting of covered lines writes files of its own, which the limit would strike.
    own = {name: value for name, value in os.environ.items() if "COVERAGE" not in name}
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT, env=own)
    assert (done.stdout.strip(), done.stderr) == ("workbook-not-written", "")
    assert list(tmp_path.iterdir()) == []


def test_an_old_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    path.write_text("old")
    write_template(path, NO_LISTS)
    assert path.read_bytes().startswith(b"PK")
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UserError, match=reason(errno.EISDIR)):
        write_template(tmp_path, NO_LISTS)
