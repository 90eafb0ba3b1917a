"""Names of people: their parts, and their capitals where a name came all in one case."""

import re

from desktop.vietnamese.cleaning import clean
from desktop.vietnamese.letters import APOSTROPHES

_APOSTROPHES = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_UNICODE = str.maketrans({"\u00ad": None, "Ð": "Đ", "ð": "đ"})
_PART = re.compile(r"[^\W\d_]+")
_LONE_H = re.compile(r"\b([Hh])\s*'\s*(?=\w)")
_ENDS = " .,;:-_/\\*"
_TITLES = re.compile(
    r"^(?:(?:ông|bà|anh|chị|đ/c|đồng chí|ths|ts|bs|ks|cn)(?:\.\s*|\s+))+(?=\w)", re.IGNORECASE
)


def title_case(name: str) -> str:
    """The name with a capital at each syllable, where it came all in capitals or all in small.

    A name in mixed case is left as it stands (Vàng A Sử, McDonald). H'HEN NIÊ gives H'Hen Niê.
    """
    if name != name.upper() and name != name.lower():
        return name
    return _PART.sub(lambda part: part.group()[0].title() + part.group()[1:].lower(), name)


def tidy_name(name: str, *, drop_title: bool = False) -> str:
    """The name as it is kept: cleaned, capitals in place, H' joined, no stray punctuation.

    ``drop_title`` takes off "Ông", "Bà", "ThS." and their like. Spelling is never changed. The name
    must be known to be Unicode: old letters are decoded before.
    """
    plain = clean(name.translate(_UNICODE)).translate(_APOSTROPHES)
    plain = _LONE_H.sub(r"\1'", plain).strip(_ENDS)
    if drop_title:
        plain = _TITLES.sub("", plain)
    return title_case(plain)


def given_name(name: str) -> str:
    """The given name, tên: the last word; "" of an empty name. Also of Vàng A Sử: Sử."""
    return _words(name)[-1] if _words(name) else ""


def family_name(name: str) -> str:
    """The family name, họ: the first word; "" where there is only a given name."""
    words = _words(name)
    return words[0] if len(words) > 1 else ""


def middle_name(name: str) -> str:
    """What stands between, tên đệm; "" where nothing does."""
    return " ".join(_words(name)[1:-1])


def _words(name: str) -> list[str]:
    return tidy_name(name).split()
