"""The two kinds of error: the world's fault, said to the user; everything else is a bug."""

import errno

from desktop.text import N_, _

_REASONS = {
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EFBIG: N_("the disk is full"),
    errno.EACCES: N_("access is not allowed"),
    errno.EPERM: N_("access is not allowed"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOENT: N_("it does not exist"),
    errno.ENOTDIR: N_("it is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EEXIST: N_("it exists already"),
    errno.EIO: N_("the disk does not answer properly"),
}


def reason_of(error: OSError) -> str:
    """Why the system refused, in the language in use; its own words where we have none."""
    if error.errno in _REASONS:
        return _(_REASONS[error.errno])
    return error.strerror or str(error)


class UserError(Exception):
    """Something outside the program is wrong; the message says what, and what to do about it.

    ``code`` names the situation for scripts and tests; ``str(error)`` is one sentence or two in the
    user's language.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code
