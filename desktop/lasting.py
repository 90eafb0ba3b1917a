"""Making what was done to a folder last: a new name in it, a rename, a new folder itself."""

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make new names and renames in a folder lasting; Windows does so by itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, where they are missing, so that a power cut takes none."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    sync_folder(folder.parent)
