"""The two kinds of error: the world's fault, said to the user; everything else is a bug."""

import errno

from desktop.text import N_, _

_REASONS = {
    "ENOSPC EDQUOT EFBIG": N_("the disk is full"),
    "EACCES EPERM": N_("access is not allowed"),
    "EROFS": N_("the disk can only be read"),
    "ENOENT": N_("it does not exist"),
    "ENOTDIR": N_("it is not a folder"),
    "EISDIR": N_("it is a folder"),
    "EEXIST": N_("it exists already"),
    "ENOTEMPTY": N_("the folder is not empty"),
    "ENAMETOOLONG": N_("the name is too long"),
    "EINVAL EILSEQ": N_("the disk does not accept this name"),
    "EIO": N_("the disk does not answer properly"),
    "ENODEV ENXIO ENOMEDIUM": N_("the disk is not there"),
    "ENOSYS ENOTSUP EOPNOTSUPP": N_("the disk cannot do this"),
    "EXDEV": N_("it lies on another disk"),
    "ELOOP": N_("its shortcuts lead in a circle"),
    "EBUSY ETXTBSY EAGAIN EDEADLK ENOLCK": N_("another program is using it"),
    "EMFILE ENFILE": N_("too many files are open"),
    "ENOMEM": N_("the computer is short of memory"),
    "ESTALE ETIMEDOUT ENETDOWN ENETUNREACH ENETRESET EHOSTDOWN EHOSTUNREACH ECONNABORTED "
    "ECONNRESET ECONNREFUSED ENOTCONN EPIPE": N_("the network does not answer"),
}
"""Why the system refuses, by its own names; not every system has all of them."""
_BY_NAME = {name: words for names, words in _REASONS.items() for name in names.split()}


def reason_of(error: OSError) -> str:
    """Why the system refused, in the language in use.

    Its number where we have no words for it, its own words where there is no number either.
    """
    known = _BY_NAME.get(errno.errorcode.get(error.errno or 0, ""))
    if known is not None:
        return _(known)
    if error.errno:
        return _("error {number} of the system").format(number=error.errno)
    return error.strerror or str(error)


class UserError(Exception):
    """Something outside the program is wrong; the message says what, and what to do about it.

    ``code`` names the situation for scripts and tests; ``str(error)`` is one sentence or two in the
    user's language.
    """

    def __init__(self, message: str, *, code: str) -> None:
        super().__init__(message)
        self.code = code


def unreadable(file: object, error: OSError) -> UserError:
    """That a file which somebody named cannot be read, and why."""
    return UserError(
        _("The file {file} cannot be read: {reason}.").format(file=file, reason=reason_of(error)),
        code="cannot-read",
    )
