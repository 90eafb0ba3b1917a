"""What the system refuses is said in words of the language in use."""

import errno

import pytest

from desktop.errors import reason_of
from desktop.models.engines import sqlite
from desktop.models.faults import engine_reason, explain

USUAL = "EBUSY EMFILE ENAMETOOLONG ENODEV ENOTEMPTY ENOLCK ESTALE ETIMEDOUT EXDEV EINVAL ENOMEM"


@pytest.mark.parametrize("name", [*USUAL.split(), "EPROTO"])
def test_no_words_of_the_system_stand_in_a_vietnamese_sentence(name: str) -> None:
    error = OSError(getattr(errno, name), "Words of the system")
    said = str(explain(error, None))
    assert "Words of the system" not in said
    assert reason_of(error) in said
    assert reason_of(error) != reason_of(OSError(errno.ENOSPC, ""))


def test_what_has_no_number_keeps_its_own_words() -> None:
    assert reason_of(OSError("no picture")) == "no picture"


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("SQLITE_FULL", errno.ENOSPC),
        ("SQLITE_IOERR_WRITE", errno.ENOSPC),
        ("SQLITE_IOERR_FSYNC", errno.EIO),
        ("SQLITE_READONLY_DIRECTORY", errno.EROFS),
        ("SQLITE_CANTOPEN", errno.EACCES),
        ("SQLITE_BUSY_SNAPSHOT", errno.EBUSY),
    ],
)
def test_the_engines_errors_are_said_as_the_systems(name: str, number: int) -> None:
    error = sqlite.Error("disk I/O error")
    error.sqlite_errorname = name
    assert engine_reason(error) == reason_of(OSError(number, ""))
