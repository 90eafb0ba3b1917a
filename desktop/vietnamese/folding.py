"""Folding for search and keys for comparison: what makes two spellings the same.

``fold`` forgets marks and case; ``syllable_key`` keeps letters and tones but forgets where the tone
mark stands; ``lookalike_key`` forgets i or y besides.
"""

import re
import unicodedata

from desktop.vietnamese.cleaning import compose, without_unseen
from desktop.vietnamese.letters import APOSTROPHES, WordMemory, without_tones

_TONE_SIGNS = ("", "`", "?", "~", "'", ".")
"""The tones as VIQR writes them (RFC 1456): free in a key, which holds no punctuation."""
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("đĐðÐ\u0189\u0256₫", "d"),
        **dict.fromkeys("Ƣƣ", "u"),
        "ø": "o",
        "Ø": "o",
        "ł": "l",
        "Ł": "l",
        "ı": "i",
        "ß": "ss",
        "ẞ": "ss",
        "æ": "ae",
        "Æ": "ae",
        "œ": "oe",
        "Œ": "oe",
        **dict.fromkeys(APOSTROPHES, "'"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    }
)
_DROPPED = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Cn"})
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
_RUN = re.compile(r"[^\W_]+")
_OPEN_Y = re.compile("(?:[hklmst]|qu)y")


def _folded(word: str) -> str:
    if word.isascii() and word.isprintable():  # codes and numbers: hardly two are the same
        return f"{word.translate(_LETTERS).lower()} "
    apart = unicodedata.normalize("NFKD", word.translate(_LETTERS)).lower()
    apart = unicodedata.normalize("NFKD", apart.translate(_LETTERS))
    kept = "".join(
        " " if char.isspace() else char
        for char in apart
        if char.isspace() or unicodedata.category(char) not in _DROPPED
    )
    return "".join(f"{part} " for part in kept.split())


def _keyed(word: str) -> str:
    return "".join(f"{_run_key(run)} " for run in _runs(word))


def _lookalike(word: str) -> str:
    return "".join(f"{_run_key(run, same_y=True)} " for run in _runs(word))


def _runs(word: str) -> list[str]:
    if word.isascii() and word.isprintable():
        return _RUN.findall(word.lower())
    plain = "".join(c for c in without_unseen(word) if unicodedata.category(c) not in _UNSEEN)
    plain = compose(plain.translate({0x1A2: "ư", 0x1A3: "ư", 0xD0: "đ", 0xF0: "đ", 0x189: "đ"}))
    return _RUN.findall(compose(plain.lower()))


def _run_key(run: str, *, same_y: bool = False) -> str:
    letters, tones = without_tones(run)
    if same_y and _OPEN_Y.fullmatch(letters):
        letters = f"{letters[:-1]}i"
    return letters + "".join(_TONE_SIGNS[tone] for tone in tones)


_fold_word = WordMemory(_folded).__getitem__
_key_word = WordMemory(_keyed).__getitem__
_lookalike_word = WordMemory(_lookalike).__getitem__


def fold(text: str) -> str:
    """The text for searching: no marks, đ as d, lower case, single spaces; folding twice is once.

    "Đề án HOÀ-BÌNH" gives "de an hoa-binh". Takes any string and never fails.
    """
    return "".join(map(_fold_word, text.split()))[:-1]


def syllable_key(text: str) -> str:
    """Letters and tones of each word, wherever the tone mark stands: equal for hòa and hoà.

    Lower case, punctuation left out, words parted by single spaces: "Hòa Bình" gives "hoa` binh`".
    For comparing only. Takes any string and never fails.
    """
    return "".join(map(_key_word, text.split()))[:-1]


def lookalike_key(text: str) -> str:
    """As ``syllable_key``, with y as i in open syllables after h, k, l, m, s, t and qu (kỹ = kĩ).

    For finding look-alikes only: names keep their spelling.
    """
    return "".join(map(_lookalike_word, text.split()))[:-1]
