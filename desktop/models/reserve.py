"""Room kept for a full disk: a file that is given up so that one more save succeeds."""

import os
import shutil
from contextlib import suppress
from pathlib import Path

from desktop.lasting import replace

NAME = "store.reserve"
SIZE = 1 << 20
"""Bytes: a save changes some 60 pages of 4 KiB, each also written to the rollback journal."""
_PLENTY = 16 * SIZE


def keep(folder: Path) -> None:
    """Make the reserve of a store, where it is missing and the disk has room enough.

    It is filled with noise: a file system that compresses would keep nothing for zeros.
    """
    path = folder / NAME
    with suppress(OSError):
        if path.exists() and path.stat().st_size >= SIZE:
            return
        if shutil.disk_usage(folder).free < _PLENTY:
            return
        temporary = path.with_name(f"{NAME}.new")
        with temporary.open("wb") as file:
            file.write(os.urandom(SIZE))
            file.flush()
            os.fsync(file.fileno())
        replace(temporary, path)


def release(folder: Path) -> bool:
    """Give the reserve up; whether there was any."""
    try:
        (folder / NAME).unlink()
    except OSError:
        return False
    return True
