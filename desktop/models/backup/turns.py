"""Turns: who makes, copies or thins backups in a folder is alone there meanwhile."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from desktop.lasting import make_folder
from desktop.models.engines import sqlite
from desktop.models.engines.lock import WriterLock
from desktop.progress import Progress
from desktop.text import _


@contextmanager
def turn_in(folder: Path, user: str, now: datetime, progress: Progress) -> Iterator[bool]:
    """Wait until no thread and no other program works on the backups in a folder.

    The lock is one that the system frees when its owner dies. Gives False where the folder takes
    no lock, such as one that can only be read: no backup is to fail for that. Raises what
    ``progress`` does while it waits.
    """
    lock = WriterLock(folder)
    try:
        yield _is_taken(lock, folder, user, now, progress)
    finally:
        # A stick may have been pulled out meanwhile: then the system has freed it.
        with suppress(sqlite.Error):
            lock.release()


def _is_taken(lock: WriterLock, folder: Path, user: str, now: datetime, progress: Progress) -> bool:
    try:
        make_folder(folder)
        # Each attempt waits for a moment by itself.
        while lock.acquire(user, now) is not None:
            progress.step(0, 0, _("Waiting for another backup"))
    except OSError:
        return False
    return True
