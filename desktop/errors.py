"""The two kinds of error: the world's fault, said to the user; everything else is a bug."""

import errno
import re

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


_SYNTAX = (
    (r"Cannot declare .* twice|Cannot redefine namespace", N_("this table is given twice")),
    (r"Duplicate inline table key|Cannot overwrite a value", N_("this key is given twice")),
    (r"Cannot mutate immutable namespace", N_("this table was closed before")),
    (r"Expected '=' after a key", N_("“=” is missing after the key")),
    (r"Expected '\]\]?' at the end", N_("the square bracket after the name is not closed")),
    (r"Expected newline or end of document", N_("there is more on the line than one value")),
    (r"Invalid date or datetime", N_("this is no day or time")),
    (r"Invalid initial character for a key", N_("a key cannot begin like this")),
    (r"Invalid statement", N_("this is neither a key nor a table")),
    (r"Invalid value", N_("this is no value; texts stand in quotation marks")),
    (r"Unclosed array", N_("“[” is not closed by “]”")),
    (r"Unclosed inline table", N_("the curly bracket is not closed")),
    (r"Unterminated string|Expected '[\"']", N_("the quotation marks are not closed")),
    (r"Illegal character|Found invalid character", N_("a character stands here that cannot")),
    (r"backslash|Unescaped|Escaped character|hex value", N_("“\\” must be written twice here")),
    (r"codec can't decode", N_("it is not saved as UTF-8")),
    (r"recursion", N_("it is nested too deeply")),
)
"""What the parser of TOML says, and what we say instead."""
_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


def syntax_words(error: Exception) -> str:
    """Why a text could not be read, in the language in use, with line and column where known."""
    told = str(error)
    known = next((words for form, words in _SYNTAX if re.search(form, told)), "")
    reason = _(known) if known else _("it cannot be understood")
    place = _PLACE.search(told)
    if place is not None:
        where = _("line {line}, column {column}").format(line=place[1], column=place[2])
    elif "at end of document" in told:
        where = _("the end of the file")
    else:
        return reason
    return f"{where}: {reason}"


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
