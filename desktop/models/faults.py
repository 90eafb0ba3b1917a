"""What went wrong outside the program, told from its own bugs: engine and disk errors in words."""

import errno
from pathlib import Path

from desktop.errors import UserError, reason_of
from desktop.models.engines import sqlite
from desktop.text import _

_DAMAGE = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_FULL = ("SQLITE_FULL", "SQLITE_IOERR_WRITE")
_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_FORBIDDEN = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_IOERR")
_SYSTEM = {
    _FULL: errno.ENOSPC,
    ("SQLITE_READONLY",): errno.EROFS,
    ("SQLITE_CANTOPEN", "SQLITE_PERM", "SQLITE_AUTH"): errno.EACCES,
    ("SQLITE_NOMEM", "SQLITE_IOERR_NOMEM"): errno.ENOMEM,
    ("SQLITE_IOERR",): errno.EIO,
    _BUSY: errno.EBUSY,
}
"""What the engine says, as the system says it; the first that fits counts."""


def engine_reason(error: BaseException) -> str:
    """Why the engine failed, in the words that we have for the system; else its own name for it."""
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, UnicodeDecodeError):
        return _("the file is damaged")
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith(_DAMAGE):
        return _("the file is damaged")
    for names, number in _SYSTEM.items():
        if name.startswith(names):
            return reason_of(OSError(number, ""))
    return name or str(cause)


def explain(error: BaseException, folder: Path | None) -> UserError | None:
    """The error as the user is told of it, None where it is a bug of ours.

    ``folder`` is the store's. Takes the engine's errors, also inside SQLAlchemy's, and the
    system's.
    """
    cause = getattr(error, "orig", None) or error
    if isinstance(cause, UserError):
        return cause
    place = folder if folder is not None else Path()
    if isinstance(cause, sqlite.Error):
        return _engine_error(cause, place)
    if isinstance(cause, UnicodeDecodeError) and folder is not None:
        return sqlite.damaged(place / sqlite.STORE_FILE)
    if isinstance(cause, OSError):
        return UserError(
            _(
                "The system refused: {reason}. Check the disk and the folder, then try again."
            ).format(reason=reason_of(cause)),
            code="system.refused",
        )
    return None


def _engine_error(cause: Exception, place: Path) -> UserError | None:
    name = str(getattr(cause, "sqlite_errorname", ""))
    if name.startswith(_DAMAGE) or "file is not a database" in str(cause):
        return sqlite.damaged(place / sqlite.STORE_FILE)
    # The engine's copying function gives its errors no name.
    if name.startswith(_FULL) or (not name and "disk" in str(cause)):
        return UserError(
            _("Not saved: the disk is full. Make room, then save again; the form is kept."),
            code="journal.full",
        )
    if name.startswith(_BUSY):
        return UserError(
            _("Not saved: the store is busy just now. Please save again."), code="journal.busy"
        )
    if name.startswith(_FORBIDDEN):
        return UserError(
            _("Not saved: the store's folder cannot be written ({reason}). Check the disk.").format(
                reason=engine_reason(cause)
            ),
            code="journal.unwritable",
        )
    return None
