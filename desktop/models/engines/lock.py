"""The one writer: a lock that names its owner and that the system frees when the owner dies."""

import errno
import os
import platform
import uuid
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from desktop.models.engines.sqlite import Connection

LOCK_FILE = "store.lock"
FENCE_FILE = "store.writer"
"""Names the take-over that writes now; who reads another name there has been overtaken."""


@dataclass(frozen=True, slots=True)
class Owner:
    """Who writes to a store: user, PC and since when (ISO time)."""

    user: str
    computer: str
    since: str


class WriterLock:
    """Held for the life of the program; ``acquire`` says who holds it where somebody else does.

    A small database beside the store: its row names the owner, and the write transaction opened
    after it is held until ``release`` or until the process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK_FILE
        self._fence = folder / FENCE_FILE
        self._name = ""
        self._connection: Connection | None = None

    def acquire(self, user: str, now: datetime) -> Owner | None:
        """Take the lock and return None, or return the owner who has it.

        Raises OSError where the folder cannot be written.
        """
        connection: Connection | None = None
        try:
            if not self._path.exists():
                self._path.touch()
            connection = dbapi2.connect(
                str(self._path), isolation_level=None, timeout=0.3, check_same_thread=False
            )
            self._hold(connection, user, now)
        except dbapi2.Error as error:
            # The row is left behind by a writer long gone; only a busy lock has an owner.
            name = str(getattr(error, "sqlite_errorname", ""))
            owner = _owner(connection) if connection and name.startswith("SQLITE_BUSY") else None
            if connection is not None:
                connection.close()
            if owner is None:
                raise OSError(_errno(name), str(error)) from error
            return owner
        self._connection = connection
        self._name = uuid.uuid4().hex
        self._fence.write_text(self._name, encoding="ascii")
        return None

    def is_overtaken(self) -> bool:
        """Whether somebody else took over although the lock is held: its folder's locks are broken.

        Some network shares grant the same lock twice. A few bytes are read, no more.
        """
        if self._connection is None:
            return False
        try:
            found = self._fence.read_text(encoding="ascii", errors="replace")
        except OSError:
            return False
        return found not in {self._name, ""}

    def _hold(self, connection: Connection, user: str, now: datetime) -> None:
        """Name the owner, then begin the transaction that is the lock."""
        try:
            connection.execute("PRAGMA journal_mode=TRUNCATE")
        except dbapi2.DatabaseError as error:
            if not str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_NOTADB"):
                raise
            # The lock holds nothing worth keeping: garbage in it is written over.
            self._path.write_bytes(b"")
            connection.execute("PRAGMA journal_mode=TRUNCATE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS owner (user, computer, pid, since)")
        connection.execute("DELETE FROM owner")
        connection.execute(
            "INSERT INTO owner VALUES (?, ?, ?, ?)",
            (user, platform.node(), os.getpid(), now.isoformat(timespec="seconds")),
        )
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")

    def release(self) -> None:
        """Let the lock go; does nothing where it is not held."""
        if self._connection is not None:
            self._connection.execute("ROLLBACK")
            self._connection.close()
            self._connection = None


def _errno(name: str) -> int:
    """The system's number for what the engine says."""
    if name.startswith("SQLITE_FULL"):
        return errno.ENOSPC
    return errno.EROFS if name.startswith("SQLITE_READONLY") else errno.EIO


def _owner(connection: Connection) -> Owner | None:
    try:
        row = connection.execute("SELECT user, computer, since FROM owner").fetchone()
    except dbapi2.Error:
        return None
    return Owner(*row) if row else None
