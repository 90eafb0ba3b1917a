"""The letters of Vietnamese: 134 beyond ASCII, their order, each split into letter and tone.

Source: TCVN 6909:2001 (the letters as Unicode has them) and the order of Vietnamese dictionaries.
"""

import unicodedata
from collections.abc import Callable
from enum import IntEnum


class Tone(IntEnum):
    """The six tones in dictionary order."""

    NGANG = 0
    HUYEN = 1
    HOI = 2
    NGA = 3
    SAC = 4
    NANG = 5


TONE_MARKS = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""The combining mark of each tone; the level tone has none."""
SHAPE_MARKS = "\u0302\u0306\u031b"
"""Circumflex, breve and horn: they make another letter, not another tone."""
VOWELS = "aăâeêioôơuưy"
ORDER = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
"""The alphabet in order, with the foreign letters f, j, w and z where dictionaries put them."""


def with_tone(vowel: str, tone: Tone) -> str:
    """The vowel under a tone as one letter: ("â", Tone.SAC) gives "ấ"."""
    return unicodedata.normalize("NFC", vowel + TONE_MARKS[tone])


def _toned() -> dict[str, tuple[str, Tone]]:
    return {
        letter: (vowel, tone)
        for bare in VOWELS
        for vowel in (bare, bare.upper())
        for tone in Tone
        if (letter := with_tone(vowel, tone)) != vowel
    }


TONED = _toned()
"""Each of the 120 letters that carry a tone, with the letter under it and the tone."""
LETTERS = "".join(
    sorted({*TONED, *(c for bare in "ăâđêôơư" for c in (bare, bare.upper()))}),
)
"""The 134 letters that ASCII does not have."""
APOSTROPHES = "\u2018\u2019\u02bc\u02b9\u00b4\u0060"
"""What stands for the plain apostrophe in names such as H'Hen."""


def without_tones(text: str) -> tuple[str, list[Tone]]:
    """The text (NFC) with its tones taken off, and the tones in order of their places."""
    letters, tones = [], []
    for letter in text:
        split = TONED.get(letter)
        if split is None:
            letters.append(letter)
        else:
            letters.append(split[0])
            tones.append(split[1])
    return "".join(letters), tones


class WordMemory(dict[str, str]):
    """What was made of each word, so that a million records cost only their few thousand words.

    Bounded: it forgets everything once it holds ``limit`` words, and never keeps a long word.
    """

    def __init__(self, make: Callable[[str], str], limit: int = 1 << 15) -> None:
        super().__init__()
        self._make, self._limit = make, limit

    def __missing__(self, word: str) -> str:
        made = self._make(word)
        if len(word) <= 48:
            if len(self) >= self._limit:
                self.clear()
            self[word] = made
        return made
