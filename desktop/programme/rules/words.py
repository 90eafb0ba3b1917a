"""Words and phrases of Vietnamese text compared without case and diacritics."""

import re

from desktop.vietnamese.folding import fold

_WORD = re.compile(r"[^\W_]+")
_MOST = 512
"""So many lists of phrases are kept at most: those of a few dozen programmes."""

Phrases = tuple[str, ...]
_kept: dict[int, tuple[Phrases, Phrases, frozenset[str]]] = {}


def plain(text: str) -> str:
    """The folded words of a text with one space between them; "co_so" is two words."""
    return " ".join(_WORD.findall(fold(text)))


def plain_all(phrases: Phrases) -> Phrases:
    """The phrases of a programme as ``plain`` gives them, longest first, worked out once."""
    return _known(phrases)[1]


def plain_set(phrases: Phrases) -> frozenset[str]:
    """The same in no order."""
    return _known(phrases)[2]


def _known(phrases: Phrases) -> tuple[Phrases, Phrases, frozenset[str]]:
    """What was worked out for a list, told by identity: that costs less than comparing its words.

    The list is kept with its answers, so that no other one can come to stand in its place.
    """
    known = _kept.get(id(phrases))
    if known is None or known[0] is not phrases:
        if len(_kept) >= _MOST:
            _kept.clear()
        ordered = tuple(sorted((plain(one) for one in phrases), key=len, reverse=True))
        known = _kept[id(phrases)] = (phrases, ordered, frozenset(ordered))
    return known


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of ``phrase`` stand in ``text``, both being plain."""
    return f" {phrase} " in f" {text} "


def starts_with(text: str, phrase: str) -> bool:
    """Whether ``text`` begins with the words of ``phrase``, both being plain."""
    return f"{text} ".startswith(f"{phrase} ")
