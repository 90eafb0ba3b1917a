"""The codes: each is said by some parser, and none is said that is not explained."""

import re
from pathlib import Path

import pytest

from desktop.vietnamese import unreadable
from desktop.vietnamese.unreadable import CODES, Unreadable

ROOM = Path(unreadable.__file__).parent
CODE = re.compile(r'"((?:date|moment|birth|money|number|share|identity|phone)\.[a-z_]+)"')


def test_every_code_is_used_and_every_code_used_is_explained() -> None:
    used = {
        code
        for path in ROOM.glob("*.py")
        if path.name != "unreadable.py"
        for code in CODE.findall(path.read_text(encoding="utf-8"))
    }
    assert used == set(CODES)


def test_an_error_says_its_code_and_what_was_typed() -> None:
    error = Unreadable("date.month", "1/13/2022")
    assert (error.code, error.text) == ("date.month", "1/13/2022")
    assert str(error) == "There is no such month. ('1/13/2022')"


def test_an_unknown_code_is_a_bug() -> None:
    with pytest.raises(KeyError):
        Unreadable("date.nonsense", "")
