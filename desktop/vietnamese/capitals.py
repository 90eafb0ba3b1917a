"""Capitals that TCVN3 fonts could not hold: "Kế HOạCH" was meant as "KẾ HOẠCH".

Ordinary TCVN3 fonts have no toned capitals, so clerks typed small ones among capitals, and names
that begin with such a letter begin small.
"""

import re
from collections.abc import Sequence
from enum import StrEnum

from desktop.vietnamese.letters import TONED
from desktop.vietnamese.syllables import is_legal

_WORD = re.compile(r"[^\W\d_]+")


class Kind(StrEnum):
    """What a text is, which says what is known of its capitals."""

    PROSE = "prose"
    TITLE = "title"
    NAME = "name"


def repair_capitals(text: str, kind: Kind = Kind.PROSE) -> str:
    """The text decoded from TCVN3 with the capitals that its letters could not carry.

    A word whose ASCII letters are all capitals, two at least, is set in capitals; a word with one
    ASCII letter or none follows the nearest words of which that can be said, where they agree. A
    title begins with a capital; each word of a name does.
    """
    words = list(_WORD.finditer(text))
    pieces, end = [], 0
    for word, capitals in zip(words, _decided([word.group() for word in words]), strict=True):
        pieces.append(text[end : word.start()])
        pieces.append(word.group().upper() if capitals else word.group())
        end = word.end()
    return _opened("".join([*pieces, text[end:]]), kind)


def _in_capitals(word: str) -> bool | None:
    """Whether the word is in capitals or not; None where its ASCII letters do not say."""
    plain = [char for char in word if char.isascii()]
    if any(char.islower() for char in plain):
        return False
    if len(plain) < 2 or (word == word.upper() and not is_legal(word)):
        return None
    return True


def _decided(words: Sequence[str]) -> list[bool]:
    """Whether each word belongs in capitals; one that does not say follows its neighbours."""
    marks = [_in_capitals(word) for word in words]
    before = _nearest(marks)
    after = _nearest(marks[::-1])[::-1]
    follow = ((True, True), (True, None), (None, True))
    return [
        mark if mark is not None else (left, right) in follow
        for mark, left, right in zip(marks, before, after, strict=True)
    ]


def _nearest(marks: Sequence[bool | None]) -> list[bool | None]:
    """For each place the last mark up to it that says anything."""
    last: bool | None = None
    found = []
    for mark in marks:
        last = last if mark is None else mark
        found.append(last)
    return found


def _opened(text: str, kind: Kind) -> str:
    if kind is Kind.NAME:
        return _WORD.sub(lambda word: word.group()[0].upper() + word.group()[1:], text)
    first = _WORD.search(text)
    if kind is Kind.TITLE and first and text[first.start()] in TONED:
        place = first.start()
        return text[:place] + text[place].upper() + text[place + 1 :]
    return text
