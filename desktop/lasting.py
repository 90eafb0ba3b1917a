"""Making what was done to a folder last: a new name in it, a rename, a new folder itself."""

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

_CANNOT = (errno.EINVAL, errno.ENOTSUP, errno.ENOSYS)
"""What the system says where a disk or a share knows no syncing of folders."""
_IS_HELD = os.name == "nt"
"""Whether a file that somebody reads cannot be renamed here: a virus scanner reads each new one."""
_ATTEMPTS, _PAUSE = 10, 0.1
"""So often a rename is tried, and the seconds between."""


def replace(source: Path, target: Path) -> None:
    """Give a file another's name in one step; OSError where the system refuses.

    On Windows whoever reads one of the two keeps it from being renamed; that is over in a moment.
    """
    for _attempt in range(_ATTEMPTS - 1 if _IS_HELD else 0):
        try:
            source.replace(target)
        except PermissionError:
            time.sleep(_PAUSE)
        else:
            return
    source.replace(target)


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
