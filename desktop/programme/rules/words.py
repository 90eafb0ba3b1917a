"""Words and phrases of Vietnamese text compared without case and diacritics."""

import re
from functools import lru_cache

from desktop.vietnamese.folding import fold

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The folded words of a text with one space between them; "co_so" is two words."""
    return " ".join(_WORD.findall(fold(text)))


@lru_cache(maxsize=256)
def plain_all(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases of a programme as ``plain`` gives them, longest first, worked out once."""
    return tuple(sorted((plain(one) for one in phrases), key=len, reverse=True))


def has_phrase(text: str, phrase: str) -> bool:
    """Whether the words of ``phrase`` stand in ``text``, both being plain."""
    return f" {phrase} " in f" {text} "


def starts_with(text: str, phrase: str) -> bool:
    """Whether ``text`` begins with the words of ``phrase``, both being plain."""
    return f"{text} ".startswith(f"{phrase} ")
