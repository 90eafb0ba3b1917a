"""Making what was done to a folder last: a new name in it, a rename, a new folder itself."""

import errno
import os
from contextlib import suppress
from pathlib import Path

_CANNOT = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What the system says where a disk or a share knows no syncing of folders."""


def sync_folder(folder: Path) -> None:
    """Make new names and renames in a folder lasting; Windows does so by itself.

    Raises OSError where the disk refuses; one that cannot do it at all does not refuse.
    """
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _CANNOT:
            raise
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder with those above it, where they are missing, so that a power cut takes none."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    folder.mkdir(exist_ok=True)
    # In a folder that may not be read, something may be made all the same.
    with suppress(PermissionError):
        sync_folder(folder.parent)
